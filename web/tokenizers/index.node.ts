// kinvec/tokenizers in Node.js; as web/tokenizers/index.ts, and paths of files and folders are sources as well.
import { nodePlatform } from "../platform/node.ts";
import { openTokenizer } from "./load_tokenizer.ts";
import type { Tokenizer } from "./tokenizer.ts";
import { openTraining } from "./train/train_tokenizer.ts";
import type { TrainOptions } from "./train/types.ts";
import type { LoadTokenizerOptions, TokenizerSource } from "./types.ts";

export * from "./public.ts";

/**
 * Loads a tokenizer: a tokenizer.json or a GGUF file, of which nothing but the metadata is read, by path, URL, request,
 * response, stream, bytes or checkpoint folder, or the text or parsed contents of a tokenizer.json. Nothing is fetched
 * but the given address.
 *
 * @throws KinvecError (as a rejection) FETCH_FAILED, MODEL_FORMAT, MODEL_VERSION, UNSUPPORTED_TOKENIZER, INVALID_ARGUMENT,
 *   OUT_OF_MEMORY, ABORTED, PROBE_FAILED.
 *
 * @example
 * ```js
 * import { loadTokenizer } from "kinvec/tokenizers";
 * const tokenizer = await loadTokenizer("tokenizer.json");
 * const { ids, tokens } = tokenizer.encode("Tokens are pieces of words.");
 * ```
 */
export function loadTokenizer(source: TokenizerSource, options?: LoadTokenizerOptions): Promise<Tokenizer> {
  return openTokenizer(nodePlatform, source, options);
}

/**
 * Makes a tokenizer for texts of one's own. The same texts give the same tokenizer on every machine. The event loop runs
 * between the steps; for much text, train in a worker.
 *
 * @throws KinvecError (as a rejection) INVALID_ARGUMENT, UNSUPPORTED_TOKENIZER for a stage that is not supported,
 *   OUT_OF_MEMORY, ABORTED, FETCH_FAILED, PROBE_FAILED.
 *
 * @example
 * ```js
 * import { trainTokenizer } from "kinvec/tokenizers";
 * const tokenizer = await trainTokenizer(texts, { model: "wordpiece", vocabSize: 8000 });
 * const file = JSON.stringify(tokenizer); // a tokenizer.json
 * ```
 */
export function trainTokenizer(
  texts: Iterable<string> | AsyncIterable<string>,
  options: TrainOptions,
): Promise<Tokenizer> {
  return openTraining(nodePlatform, texts, options);
}
