// kinvec/convert in a page or worker; web/convert/index.node.ts is its twin.
import { webPlatform } from "../platform/web.ts";
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
 * import { convert } from "kinvec/convert";
 * const bytes = await convert([...folderInput.files], { dtype: "q8", name: "my-model", license: "apache-2.0" });
 * ```
 */
export function convert(source: ModelSource, options?: ConvertOptions): Promise<Uint8Array<ArrayBuffer>> {
  return convertModel(webPlatform, source, options);
}
