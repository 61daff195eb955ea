// A look at the first bytes of what should be a GGUF file. A server that answers every path with its start page, or a
// repository that holds a pointer in place of the file, is told by name instead of by a parser's message.
import { KinvecError } from "../errors.ts";

/** Bytes needed for the check. */
export const SNIFF_BYTES = 16;

const kMagic = "GGUF";

/** Throws unless `head`, the first bytes of the file (at most SNIFF_BYTES), starts like a GGUF file. */
export function checkMagic(head: Uint8Array, name: string): void {
  if (isGguf(head)) return;
  refuseMistaken(head, name, "a GGUF file");
  throw new KinvecError("MODEL_FORMAT", `${name} is not a GGUF file: it does not start with "${kMagic}"`, { at: 0 });
}

/** Whether `head` starts like a GGUF file. */
export function isGguf(head: Uint8Array): boolean {
  return textOf(head).startsWith(kMagic);
}

/** Throws unless `head` starts like an object in JSON. */
export function checkJsonObject(head: Uint8Array, name: string): void {
  if (/^\s*(\{|$)/.test(textOf(head)) && head.byteLength > 0) return;
  refuseMistaken(head, name, "a tokenizer.json");
  throw new KinvecError("MODEL_FORMAT", `${name} is neither a tokenizer.json nor a GGUF file`, { at: 0 });
}

/** Throws where something else has come in place of the file. */
export function refuseMistaken(head: Uint8Array, name: string, expected: string): void {
  const text = textOf(head);
  if (text === "") throw new KinvecError("FETCH_FAILED", `${name} is empty: expected ${expected}`);
  if (text.trimStart().startsWith("<")) {
    throw new KinvecError("FETCH_FAILED", `${name}: expected ${expected}, got HTML; is the address right?`);
  }
  if (text.startsWith("version https://")) {
    throw new KinvecError("FETCH_FAILED", `${name}: expected ${expected}, got a Git LFS pointer to one`);
  }
}

/** As Latin-1, without a byte order mark. */
function textOf(head: Uint8Array): string {
  return String.fromCharCode(...head).replace(/^\u00EF\u00BB\u00BF/, "");
}
