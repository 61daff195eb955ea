// What the tests of the package share: where things lie, and small ways of asking.

import assert from "node:assert/strict";
import { homedir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { KinvecError, load } from "kinvec";

/** The folder that holds `tests/`, `models/` and `src/`. */
export const root = fileURLToPath(new URL("../../", import.meta.url));

/** The bundled model. */
export const modelFile = path.join(root, "models/all-MiniLM-L6-v2.q8.gguf");

/** Folder of the set-up's downloads, outside the tree. */
export const cache =
  process.env.KINVEC_CACHE ?? path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), ".cache"), "kinvec");

/** Options that force the binary the test run asks for, if it asks for one. */
export const binaryOption = process.env.KINVEC_TEST_BINARY ? { binary: process.env.KINVEC_TEST_BINARY } : {};

/** load() with the binary under test. */
export function loadTested(source, options = {}) {
  return load(source, { ...binaryOption, ...options });
}

/** Asserts that `action` throws or rejects with a KinvecError of this code; answers the error. */
export async function failsWith(code, action, pattern = /./) {
  let error;
  try {
    await action();
  } catch (thrown) {
    error = thrown;
  }
  assert.ok(error, `nothing was thrown, ${code} was expected`);
  assert.ok(error instanceof KinvecError, `${error?.stack}`);
  assert.equal(error.code, code, error.message);
  assert.match(error.message, pattern);
  return error;
}

/** Asserts that two vectors have the same bits. */
export function assertSameBits(actual, expected, message) {
  const bits = (vector) => [...new Uint32Array(Float32Array.from(vector).buffer)];
  assert.deepEqual(bits(actual), bits(expected), message);
}

export function norm(vector) {
  return Math.hypot(...vector);
}
