// Loads the model from the browser's cache or the network; for workers.
import { type LoadProgress, load, type Model } from "kinvec";
import { fetchModel, forgetModel } from "./model_cache.ts";

export async function loadModel(url: string, onProgress: (progress: LoadProgress) => void): Promise<Model> {
  const { response, fromCache } = await fetchModel(url);
  try {
    return await load(response, { onProgress });
  } catch (error) {
    if (!fromCache) throw error;
    await forgetModel(url); // a copy cut short or damaged on disk: its checksum told
    return load((await fetchModel(url)).response);
  }
}
