// Loads the model from the browser's cache or the network; for workers.
import { type LoadProgress, load, type Model } from "kinvec";
import { loadKept } from "./model_cache.ts";

export const loadModel = (url: string, onProgress: (progress: LoadProgress) => void): Promise<Model> =>
  loadKept(url, (response) => load(response, { onProgress }));
