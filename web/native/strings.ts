// Strings that the engine hands over in one block of UTF-8.

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** The strings that lie end to end in `bytes`, each up to its end. */
export function splitStrings(bytes: Uint8Array, ends: Uint32Array): string[] {
  let begin = 0;
  return Array.from(ends, (end) => {
    const text = decoder.decode(bytes.subarray(begin, end));
    begin = end;
    return text;
  });
}
