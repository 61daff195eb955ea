// kinvec/convert in Node.js; as web/convert/index.ts, and paths of files and folders are sources as well.
import { nodePlatform } from "../platform/node.ts";
import type { ModelSource } from "../types.ts";
import { type ConvertOptions, convertModel } from "./convert_model.ts";
import { type DistillOptions, distillModel } from "./distill/distill_model.ts";

export { CALIBRATION_SENTENCES } from "./calibration.ts";
export type { ConvertOptions } from "./convert_model.ts";
export type { DistillOptions } from "./distill/distill_model.ts";

/**
 * Converts a Hugging Face checkpoint folder or a GGUF file to a kinvec GGUF file that `load` takes.
 *
 * @returns the bytes of the file.
 * @throws KinvecError (as a rejection) MODEL_FORMAT, UNSUPPORTED_ARCHITECTURE, UNSUPPORTED_TOKENIZER,
 *   UNSUPPORTED_DTYPE, FETCH_FAILED, INVALID_ARGUMENT, OUT_OF_MEMORY, ABORTED.
 *
 * @example
 * ```js
 * import { writeFile } from "node:fs/promises";
 * import { convert } from "kinvec/convert";
 * await writeFile("my-model.q8.gguf", await convert("checkpoints/my-model", { dtype: "q8", license: "apache-2.0" }));
 * ```
 */
export function convert(source: ModelSource, options?: ConvertOptions): Promise<Uint8Array<ArrayBuffer>> {
  return convertModel(nodePlatform, source, options);
}

/**
 * Makes a static sentence model from a transformer: one vector per token, and a text's vector is the mean of those of its
 * tokens. It is thousands of times faster, a tenth of the size or less, and knows nothing of word order. `load` takes it
 * as any other.
 *
 * The recipe is Model2Vec's (Tulkens and van Dongen, 2024): each token alone through the transformer, principal
 * component analysis, weights by frequency. With `texts`, vectors are then fitted to the transformer's vectors of them,
 * which makes them much better.
 *
 * @returns the bytes of the file.
 * @throws KinvecError (as a rejection) MODEL_FORMAT, UNSUPPORTED_ARCHITECTURE, UNSUPPORTED_TOKENIZER (only BERT's is
 *   supported), UNSUPPORTED_DTYPE, FETCH_FAILED, INVALID_ARGUMENT, OUT_OF_MEMORY, ABORTED.
 *
 * @example
 * ```js
 * import { distill } from "kinvec/convert";
 * const bytes = await distill("/models/all-MiniLM-L6-v2.q8.gguf", { texts: sentences, dimensions: 128 });
 * ```
 */
export function distill(model: ModelSource, options?: DistillOptions): Promise<Uint8Array<ArrayBuffer>> {
  return distillModel(nodePlatform, model, options);
}
