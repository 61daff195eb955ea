// Where the bench finds what it measures.

import { homedir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const bench = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");
export const root = path.dirname(bench);
export const cache =
  process.env.KINVEC_CACHE ?? path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), ".cache"), "kinvec");

/** The checkpoint folder that tools/fetch_weights.sh brings: the tokenizer of every engine but kinvec. */
export const checkpoint = path.join(cache, "weights/all-MiniLM-L6-v2");

/** The peers' model in the layout transformers.js expects: settings, tokenizer and onnx/model_quantized.onnx. */
export const onnxModel = path.join(cache, "bench/all-MiniLM-L6-v2");

/** Folders with a tokenizer.json each, that tools/fetch_tokenizers.sh brings. */
export const publishedTokenizers = path.join(cache, "tokenizers");

export const kinvecModel = path.join(root, "models/all-MiniLM-L6-v2.q8.gguf");
export const kinvecDist = path.join(root, "dist");
const modules = path.join(bench, "node_modules");
export const ortDist = path.join(modules, "onnxruntime-web/dist");
export const transformersDist = path.join(modules, "@huggingface/transformers/dist");
/** transformers.js pins an onnxruntime-web of its own. */
export const transformersOrtDist = path.join(modules, "@huggingface/transformers/node_modules/onnxruntime-web/dist");
export const wllamaDist = path.join(modules, "@wllama/wllama/esm");
