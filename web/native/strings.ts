// Strings that the engine hands over in one block of UTF-8.

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

export function stringOf(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

/** The strings that lie end to end in `bytes`, each up to its end. */
export function splitStrings(bytes: Uint8Array, ends: Uint32Array): string[] {
  let begin = 0;
  return Array.from(ends, (end) => {
    const text = stringOf(bytes.subarray(begin, end));
    begin = end;
    return text;
  });
}
