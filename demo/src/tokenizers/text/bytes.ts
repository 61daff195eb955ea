// Which bytes a token stands for, in the two spellings that tokenizers have: <0xF0>, and GPT-2's one printable character per byte.

const HEX = /^<0x([0-9A-F]{2})>$/;

/** GPT-2's table: printable Latin-1 characters stand for themselves, the other bytes for U+0100 and up, in order. */
function gpt2Table(): Map<string, number> {
  const bytes = new Map<string, number>();
  let next = 0x100;
  for (let byte = 0; byte < 256; byte++) {
    const printable = (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte !== 0xad);
    bytes.set(String.fromCodePoint(printable ? byte : next), byte);
    if (!printable) next += 1;
  }
  return bytes;
}

const GPT2 = gpt2Table();

/** undefined if the token is not spelt in bytes */
export function bytesOf(token: string): number[] | undefined {
  const hex = HEX.exec(token)?.[1];
  if (hex) return [Number.parseInt(hex, 16)];
  const bytes = Array.from(token, (character) => GPT2.get(character));
  return bytes.includes(undefined) ? undefined : (bytes as number[]);
}

/** "F0 9F" */
export const hexOf = (bytes: number[]) =>
  bytes.map((byte) => byte.toString(16).toUpperCase().padStart(2, "0")).join(" ");
