// What the fuzz target of the checkpoint importer does with an input. The tests do the same with the inputs that are
// kept.

import { ERROR_CODES, KinvecError } from "kinvec";
import { convert } from "kinvec/convert";
import { binaryOption, loadTested } from "../js/helpers.mjs";
import { damagedCheckpoint } from "./damaged_checkpoint.mjs";

/** What a folder cannot be the reason for. */
const kForbidden = ["ABORTED", "DISPOSED", "ENGINE_LOST", "FETCH_FAILED"];

/**
 * Imports the checkpoint that the bytes describe; a file that is made of it is given to `onFile`, loaded and used.
 * @returns {Promise<string>} the code of the error it was refused with, or "used".
 * @throws what is no answer to a damaged folder.
 */
export async function importDamaged(bytes, onFile = (_file) => {}, kind = "transformer") {
  const { folder, options } = damagedCheckpoint(bytes, kind);
  try {
    const file = await convert(folder, { ...options, ...binaryOption, calibration: false });
    onFile(file);
    const model = await loadTested(file);
    await model.embed("The cat sat on a mat, un[MASK] 42.");
    model.dispose();
    return "used";
  } catch (error) {
    const expected = error instanceof KinvecError && ERROR_CODES.includes(error.code);
    if (!expected || kForbidden.includes(error.code)) throw error;
    return error.code;
  }
}
