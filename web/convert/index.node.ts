// kinvec/convert in Node.js; as web/convert/index.ts, and paths of files and folders are sources as well.
import { nodePlatform } from "../platform/node.ts";
import type { ModelSource } from "../types.ts";
import { type ConvertOptions, convertModel } from "./convert_model.ts";

export { CALIBRATION_SENTENCES } from "./calibration.ts";
export type { ConvertOptions } from "./convert_model.ts";

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
