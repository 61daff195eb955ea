// A look at the first bytes of what should be a GGUF file. A server that answers every path with its start page, or a
// repository that holds a pointer in place of the file, is told by name instead of by a parser's message.
import { KinvecError } from "../errors.ts";

/** Bytes needed for the check. */
export const SNIFF_BYTES = 16;

const kMagic = "GGUF";

/** Throws unless `head`, the first bytes of the file (at most SNIFF_BYTES), starts like a GGUF file. */
export function checkMagic(head: Uint8Array, name: string): void {
  const text = Array.from(head, (byte) => String.fromCharCode(byte)).join("");
  if (text.startsWith(kMagic)) return;
  if (head.byteLength === 0) throw new KinvecError("FETCH_FAILED", `${name} is empty: expected a GGUF file`);
  if (
    text
      .trimStart()
      .replace(/^\u00EF\u00BB\u00BF/, "")
      .startsWith("<")
  ) {
    throw new KinvecError("FETCH_FAILED", `${name}: expected a GGUF file, got HTML; is the address right?`);
  }
  if (text.startsWith("version https://")) {
    throw new KinvecError("FETCH_FAILED", `${name}: expected a GGUF file, got a Git LFS pointer to one`);
  }
  throw new KinvecError("MODEL_FORMAT", `${name} is not a GGUF file: it does not start with "${kMagic}"`, { at: 0 });
}
