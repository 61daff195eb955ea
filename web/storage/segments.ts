// Bytes that arrive in chunks, in runs of a length of one's own.
import { concatenate } from "../source/receive.ts";

export interface ByteReader {
  /** The next so many bytes, or all that are left; a copy. */
  take(count: number): Promise<Uint8Array<ArrayBuffer>>;
  /** Whether all have been taken. */
  ended(): Promise<boolean>;
  /** Stops reading; a stream underneath is cancelled. */
  cancel(): Promise<void>;
}

export function byteReader(chunks: AsyncIterable<Uint8Array>): ByteReader {
  const iterator = chunks[Symbol.asyncIterator]();
  let rest: Uint8Array = new Uint8Array(); // of the last chunk
  /** Answers false if there is nothing any more. */
  const fill = async (): Promise<boolean> => {
    while (rest.byteLength === 0) {
      const { done, value } = await iterator.next();
      if (done) return false;
      rest = value;
    }
    return true;
  };
  return {
    async take(count) {
      const parts: Uint8Array[] = [];
      for (let missing = count; missing > 0 && (await fill()); ) {
        // Copied, since the next chunk may come in the same buffer.
        const part = new Uint8Array(rest.subarray(0, missing));
        rest = rest.subarray(part.byteLength);
        missing -= part.byteLength;
        parts.push(part);
      }
      return concatenate(parts);
    },
    ended: async () => !(await fill()),
    cancel: async () => void (await iterator.return?.()),
  };
}
