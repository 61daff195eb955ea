// Reads what CollectionWriter writes before the index, as the bytes arrive. Everything in the file is doubted: nothing is
// used before its checksum is right.
import { KinvecError } from "../../../errors.ts";
import type { ByteFeed } from "../../../source/byte_feed.ts";
import { refuseMistaken, SNIFF_BYTES } from "../../../source/sniff.ts";
import { copyItems, type Item } from "../items.ts";
import { crc32 } from "./crc32.ts";
import { BLOCK_HEAD_BYTES, CHECKSUM_BYTES, type CollectionHeader, HEADER_BYTES, MAGIC, parseHeader } from "./layout.ts";

export class CollectionReader {
  readonly #feed: ByteFeed;
  #checksum = 0;

  constructor(feed: ByteFeed) {
    this.#feed = feed;
  }

  /** Throws FETCH_FAILED or MODEL_FORMAT for what is no collection, MODEL_VERSION, MODEL_HASH. */
  async header(name: string): Promise<CollectionHeader> {
    const bytes = await this.#feed.takeUpTo(HEADER_BYTES + CHECKSUM_BYTES);
    const text = String.fromCharCode(...bytes.subarray(0, MAGIC.length));
    if (text !== MAGIC) {
      refuseMistaken(bytes.subarray(0, SNIFF_BYTES), name, "a collection");
      const kinds: Record<string, string> = { GGUF: "a model", KINV: "an index" };
      const found = kinds[text.slice(0, 4)] ?? `it does not start with "${MAGIC}"`;
      throw new KinvecError("MODEL_FORMAT", `not a collection: ${found}`, { at: 0 });
    }
    if (bytes.byteLength < HEADER_BYTES + CHECKSUM_BYTES) throw this.#feed.endedEarly();
    const header = parseHeader(bytes);
    this.#verify(bytes, 0);
    return header;
  }

  /** So many items, block by block. */
  async *items(count: number): AsyncGenerator<readonly Item[]> {
    for (let left = count; left > 0; ) {
      const at = this.#feed.position;
      const head = await this.#feed.take(BLOCK_HEAD_BYTES);
      const length = new DataView(head.buffer, head.byteOffset).getUint32(0, true);
      const bytes = await this.#feed.take(length + CHECKSUM_BYTES);
      const items = parseItems(this.#verify(bytes, at + BLOCK_HEAD_BYTES), at);
      left -= items.length;
      if (items.length === 0 || left < 0) {
        throw new KinvecError("MODEL_FORMAT", "the items are not as many as the header says", { at });
      }
      yield items;
    }
  }

  /** The bytes before the checksum at the end of `bytes`, which is that of all such bytes so far. */
  #verify(bytes: Uint8Array, at: number): Uint8Array {
    const contents = bytes.subarray(0, -CHECKSUM_BYTES);
    const end = new DataView(bytes.buffer, bytes.byteOffset + contents.byteLength, CHECKSUM_BYTES);
    this.#checksum = crc32(contents, this.#checksum);
    if (end.getUint32(0, true) === this.#checksum) return contents;
    throw new KinvecError("MODEL_HASH", "the bytes do not match their checksum; the file is damaged", { at });
  }
}

function parseItems(bytes: Uint8Array, at: number): readonly Item[] {
  try {
    const lines = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes).split("\n");
    if (lines.pop() !== "") throw new Error("the last line has no end");
    return copyItems(lines.map((line) => JSON.parse(line) as Item));
  } catch (cause) {
    throw new KinvecError("MODEL_FORMAT", `the items cannot be read: ${(cause as Error).message}`, { at, cause });
  }
}
