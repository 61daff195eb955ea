// The search worker: holds the model and the index, so that the page stays free while they work.
/// <reference lib="webworker" />
import { load, type Model } from "kinvec";
import { createIndex, type FlatIndex } from "kinvec/search";
import { fetchModel, forgetModel } from "./model_cache.ts";
import type { FromWorker, ToWorker } from "./search_protocol.ts";

declare const self: DedicatedWorkerGlobalScope;

const tell = (message: FromWorker, transfer: Transferable[] = []) => self.postMessage(message, transfer);
const reason = (error: unknown) => (error instanceof Error ? error.message : String(error));

let searcher: { model: Model; index: FlatIndex } | undefined;

async function loadModel(url: string): Promise<Model> {
  const { response, fromCache } = await fetchModel(url);
  try {
    return await load(response, {
      onProgress: ({ loaded, total, fraction }) =>
        tell({ type: "progress", loaded, fraction, ...(total === undefined ? {} : { total }) }),
    });
  } catch (error) {
    if (!fromCache) throw error;
    await forgetModel(url); // a copy cut short or damaged on disk: its checksum told
    return load((await fetchModel(url)).response);
  }
}

async function indexItems(rows: Float32Array, dimensions: number): Promise<FlatIndex> {
  const index = await createIndex({ dimensions });
  const count = rows.length / dimensions;
  const ids = Array.from({ length: count }, (_, i) => i);
  index.add(
    ids,
    ids.map((i) => rows.subarray(i * dimensions, (i + 1) * dimensions)),
  );
  return index;
}

async function start(modelUrl: string, rows: Float32Array, dimensions: number): Promise<void> {
  try {
    const [model, index] = await Promise.all([loadModel(modelUrl), indexItems(rows, dimensions)]);
    searcher = { model, index };
    const { name, license, binary, weightBytes } = model.info();
    tell({ type: "ready", engine: { name, license, binary, dimensions, megabytes: weightBytes / 1e6 } });
  } catch (error) {
    tell({ type: "failed", message: reason(error) });
  }
}

async function search(id: number, text: string): Promise<void> {
  if (!searcher) return;
  try {
    const started = performance.now();
    const { vectors } = await searcher.model.embed([text], { role: "query" });
    const hits = searcher.index.search(vectors[0] as Float32Array, { topK: searcher.index.size });
    const milliseconds = performance.now() - started;
    const items = Int32Array.from(hits, (hit) => hit.id as number);
    const scores = Float32Array.from(hits, (hit) => hit.score);
    tell({ type: "found", id, items, scores, milliseconds }, [items.buffer, scores.buffer]);
  } catch (error) {
    tell({ type: "searchFailed", id, message: reason(error) });
  }
}

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  if (data.type === "start") void start(data.modelUrl, data.rows, data.dimensions);
  else void search(data.id, data.text);
};
