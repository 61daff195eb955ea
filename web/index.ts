// The package in a page, worker or service worker. It has no Node.js import; web/node.ts is its twin.
import { estimateModel } from "./estimate.ts";
import { loadModel } from "./load.ts";
import type { Model } from "./model.ts";
import { webPlatform } from "./platform/web.ts";
import type { Estimate, LoadOptions, ModelSource } from "./types.ts";
import { webHost } from "./workers/web_host.ts";

export * from "./public.ts";

/**
 * Loads a model: a kinvec or llama.cpp GGUF file by URL, request, response, stream or bytes, or the files of a
 * Hugging Face checkpoint folder. Nothing is fetched but the given address and the package's own binary.
 *
 * @throws KinvecError (as a rejection) FETCH_FAILED, MODEL_FORMAT, MODEL_VERSION, MODEL_HASH, POOLING_UNKNOWN,
 *   UNSUPPORTED_ARCHITECTURE, UNSUPPORTED_DTYPE, UNSUPPORTED_TOKENIZER, INVALID_ARGUMENT, OUT_OF_MEMORY, ABORTED,
 *   PROBE_FAILED.
 *
 * @example
 * ```js
 * import { load } from "kinvec";
 * const model = await load("/models/all-MiniLM-L6-v2.q8.gguf", {
 *   onProgress: ({ fraction }) => console.log(`${Math.round(100 * fraction)} %`),
 * });
 * const { vectors } = await model.embed("hello world");
 * ```
 */
export function load(source: ModelSource, options?: LoadOptions): Promise<Model> {
  return loadModel(webPlatform, webHost, source, options);
}

/**
 * What a model file would take, before it is downloaded: only its beginning is read. Takes the options of `load`.
 *
 * @throws KinvecError (as a rejection) FETCH_FAILED, MODEL_FORMAT, MODEL_VERSION, UNSUPPORTED_ARCHITECTURE,
 *   INVALID_ARGUMENT, ABORTED.
 *
 * @example
 * ```js
 * import { estimate } from "kinvec";
 * const { downloadBytes, memoryBytes } = await estimate("/models/all-MiniLM-L6-v2.q8.gguf");
 * ```
 */
export function estimate(source: ModelSource, options?: LoadOptions): Promise<Estimate> {
  return estimateModel(webPlatform, source, options);
}
