// The package in Node.js: as web/index.ts, and paths of files and folders are sources as well.
import { estimateModel } from "./estimate.ts";
import { loadModel } from "./load.ts";
import type { Model } from "./model.ts";
import { nodePlatform } from "./platform/node.ts";
import type { Estimate, LoadOptions, ModelSource } from "./types.ts";
import { nodeHost } from "./workers/node_host.ts";

export * from "./public.ts";

/**
 * Loads a model: a kinvec or llama.cpp GGUF file by path, URL, request, response, stream or bytes, or a Hugging Face
 * checkpoint folder by path or contents. Nothing is fetched but the given address.
 *
 * @throws KinvecError (as a rejection) FETCH_FAILED, MODEL_FORMAT, MODEL_VERSION, MODEL_HASH, POOLING_UNKNOWN,
 *   UNSUPPORTED_ARCHITECTURE, UNSUPPORTED_DTYPE, UNSUPPORTED_TOKENIZER, INVALID_ARGUMENT, OUT_OF_MEMORY, ABORTED,
 *   PROBE_FAILED.
 *
 * @example
 * ```js
 * import { load } from "kinvec";
 * const model = await load("models/all-MiniLM-L6-v2.q8.gguf");
 * const { vectors } = await model.embed("hello world");
 * model.dispose();
 * ```
 */
export function load(source: ModelSource, options?: LoadOptions): Promise<Model> {
  return loadModel(nodePlatform, nodeHost, source, options);
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
 * const { downloadBytes, memoryBytes } = await estimate("models/all-MiniLM-L6-v2.q8.gguf");
 * ```
 */
export function estimate(source: ModelSource, options?: LoadOptions): Promise<Estimate> {
  return estimateModel(nodePlatform, source, options);
}
