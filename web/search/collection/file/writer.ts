// A collection as the bytes of a file, in pieces that are made as they are asked for.
import { KinvecError } from "../../../errors.ts";
import { concatenate } from "../../../source/receive.ts";
import type { FlatIndex } from "../../flat_index.ts";
import type { Item } from "../items.ts";
import { crc32 } from "./crc32.ts";
import { BLOCK_HEAD_BYTES, CHECKSUM_BYTES, type CollectionHeader, HEADER_BYTES, headerBytes } from "./layout.ts";

// Items are added to a block until it has so many bytes.
const kBlockBytes = 1 << 16;

export class CollectionWriter {
  readonly #items: readonly Item[];
  readonly #words: Omit<CollectionHeader, "items">;
  readonly #index: Pick<FlatIndex, "save" | "saveStream">;

  /** @param items in the order of the index */
  constructor(items: readonly Item[], words: Omit<CollectionHeader, "items">, index: FlatIndex) {
    this.#items = items;
    this.#words = words;
    this.#index = index;
  }

  /** All of it. Throws OUT_OF_MEMORY. */
  bytes(): Uint8Array<ArrayBuffer> {
    try {
      return concatenate([...this.#pieces(), this.#index.save()]);
    } catch (cause) {
      if (cause instanceof KinvecError) throw cause;
      throw new KinvecError("OUT_OF_MEMORY", "no memory for the collection; save it as a stream", { cause });
    }
  }

  /** Makes a piece when it is read. */
  stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    const pieces = this.#pieces();
    const index = this.#index.saveStream().getReader(); // of the items as they are now
    return new ReadableStream(
      {
        async pull(controller) {
          const piece = pieces.next();
          if (!piece.done) return controller.enqueue(piece.value);
          const { done, value } = await index.read();
          if (done) controller.close();
          else controller.enqueue(value);
        },
        cancel: (reason) => index.cancel(reason),
      },
      { highWaterMark: 0 },
    );
  }

  /** The header and the items. */
  *#pieces(): Generator<Uint8Array<ArrayBuffer>> {
    const header = headerBytes({ ...this.#words, items: this.#items.length });
    let checksum = crc32(header);
    const head = new Uint8Array(HEADER_BYTES + CHECKSUM_BYTES);
    head.set(header);
    new DataView(head.buffer).setUint32(HEADER_BYTES, checksum, true);
    yield head;
    for (const items of blocksOf(this.#items)) {
      checksum = crc32(items, checksum);
      const block = new Uint8Array(BLOCK_HEAD_BYTES + items.byteLength + CHECKSUM_BYTES);
      const view = new DataView(block.buffer);
      view.setUint32(0, items.byteLength, true);
      block.set(items, BLOCK_HEAD_BYTES);
      view.setUint32(BLOCK_HEAD_BYTES + items.byteLength, checksum, true);
      yield block;
    }
  }
}

/** Lines of JSON, one for each item. JSON writes surrogates that stand alone as escapes, so that UTF-8 has all strings. */
function* blocksOf(items: readonly Item[]): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  let lines: Uint8Array[] = [];
  let bytes = 0;
  for (const item of items) {
    const line = encoder.encode(`${JSON.stringify(item)}\n`);
    lines.push(line);
    bytes += line.byteLength;
    if (bytes < kBlockBytes) continue;
    yield concatenate(lines);
    lines = [];
    bytes = 0;
  }
  if (bytes > 0) yield concatenate(lines);
}
