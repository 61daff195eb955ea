// Reads what IndexWriter writes, block by block as the bytes arrive. Everything in the file is doubted: no count or length
// is believed before the bytes are there, and none is used before its checksum is right.
import { KinvecError } from "../../errors.ts";
import type { IndexGraph } from "../../native/index_graph.ts";
import type { IndexRows } from "../../native/index_rows.ts";
import type { SearchInstance } from "../../native/search_instance.ts";
import type { ByteFeed } from "../../source/byte_feed.ts";
import { refuseMistaken, SNIFF_BYTES } from "../../source/sniff.ts";
import type { ItemId } from "../index_vectors.ts";
import { BlockChain } from "./block_chain.ts";
import { decodeGraphState } from "./graph_state.ts";
import { decodeIds } from "./ids.ts";
import {
  BLOCK_HEAD_BYTES,
  BLOCK_KINDS,
  type BlockKind,
  CHECKSUM_BYTES,
  HEADER_BYTES,
  type IndexHeader,
  MAGIC,
  parseHeader,
} from "./layout.ts";

/** A header whose checksum has not been compared yet, since that takes an engine: the one it asks for. */
export interface OpenHeader {
  header: IndexHeader;
  bytes: Uint8Array;
}

/** Throws FETCH_FAILED or MODEL_FORMAT for what is no index, MODEL_VERSION. */
export async function readHeader(feed: ByteFeed, name: string): Promise<OpenHeader> {
  const bytes = new Uint8Array(await feed.takeUpTo(HEADER_BYTES + CHECKSUM_BYTES)); // kept: later bytes may come in its place
  const text = String.fromCharCode(...bytes.subarray(0, MAGIC.length));
  if (text !== MAGIC) {
    refuseMistaken(bytes.subarray(0, SNIFF_BYTES), name, "an index");
    const found = text.startsWith("GGUF") ? "a model" : `it does not start with "${MAGIC}"`;
    throw new KinvecError("MODEL_FORMAT", `not an index: ${found}`, { at: 0 });
  }
  if (bytes.byteLength < HEADER_BYTES + CHECKSUM_BYTES) throw feed.endedEarly();
  return { header: parseHeader(bytes), bytes };
}

/** The blocks behind the header, to be read in the order of these methods. */
export class IndexReader {
  readonly #feed: ByteFeed;
  readonly #instance: SearchInstance;
  readonly #chain: BlockChain;
  readonly #header: IndexHeader;

  /** Throws MODEL_HASH. */
  constructor(feed: ByteFeed, instance: SearchInstance, { header, bytes }: OpenHeader) {
    this.#feed = feed;
    this.#instance = instance;
    this.#chain = new BlockChain(instance);
    this.#header = header;
    this.#verify(bytes, 0, () => {});
  }

  /** Of the model; empty: not known. */
  async fingerprint(): Promise<string> {
    return this.#block("fingerprint", (bytes) => new TextDecoder().decode(bytes));
  }

  async ids(): Promise<ItemId[]> {
    const ids: ItemId[] = [];
    const known = new Set<ItemId>();
    const { items } = this.#header;
    while (ids.length < items) {
      await this.#block("ids", (bytes, _, at) => {
        const before = ids.length;
        for (const id of decodeIds(bytes)) ids.push(id);
        for (const id of ids.slice(before)) known.add(id);
        if (known.size < ids.length) throw new KinvecError("MODEL_FORMAT", "an id occurs twice", { at });
        if (ids.length === before || ids.length > items) {
          throw new KinvecError("MODEL_FORMAT", "the ids are not as many as the items", { at });
        }
      });
    }
    return ids;
  }

  /** Appends all rows. `afterBlock` may be waited for. */
  async rows(rows: IndexRows, afterBlock: () => Promise<void>): Promise<void> {
    for (let left = this.#header.items; left > 0; ) {
      await this.#block("rows", ({ byteLength }, pointer, at) => {
        const count = byteLength / rows.storedBytes;
        if (!(Number.isInteger(count) && count >= 1 && count <= left)) {
          throw new KinvecError("MODEL_FORMAT", `${byteLength} bytes are no number of rows that is left`, { at });
        }
        rows.restore(pointer, count, at);
        left -= count;
      });
      await afterBlock();
    }
  }

  /** Restores the graph over rows that are there. */
  async graph(graph: IndexGraph, afterBlock: () => Promise<void>): Promise<void> {
    const [state, start] = await this.#block("graph", (bytes, _, at) => [decodeGraphState(bytes, at), at] as const);
    graph.begin(state);
    for (let left = this.#header.items; left > 0; ) {
      await this.#block("links", ({ byteLength }, pointer, at) => {
        const before = left;
        left = located(at, () => graph.restoreLinks(pointer, byteLength));
        if (left === before) throw new KinvecError("MODEL_FORMAT", "a block has the links of no row", { at });
      });
      await afterBlock();
    }
    located(start, () => graph.finishRestoring(state));
  }

  /** Throws MODEL_FORMAT where the file goes on. */
  async end(): Promise<void> {
    const at = this.#feed.position;
    if ((await this.#feed.takeUpTo(1)).byteLength > 0) {
      throw new KinvecError("MODEL_FORMAT", "the file goes on behind its end", { at });
    }
  }

  async #block<T>(kind: BlockKind, use: (bytes: Uint8Array, pointer: number, at: number) => T): Promise<T> {
    const at = this.#feed.position;
    const head = await this.#feed.take(BLOCK_HEAD_BYTES);
    const view = new DataView(head.buffer, head.byteOffset, BLOCK_HEAD_BYTES);
    if (view.getUint32(0, true) !== BLOCK_KINDS[kind]) {
      throw new KinvecError("MODEL_FORMAT", `a block of ${kind} is missing`, { at });
    }
    const bytes = await this.#feed.take(view.getUint32(4, true) + CHECKSUM_BYTES);
    return this.#verify(bytes, at + BLOCK_HEAD_BYTES, use);
  }

  /** Compares the checksum at the end of `bytes` with that of the others, of which `use` gets where they are. */
  #verify<T>(bytes: Uint8Array, at: number, use: (bytes: Uint8Array, pointer: number, at: number) => T): T {
    const contents = bytes.subarray(0, -CHECKSUM_BYTES);
    const stated = bytes.subarray(contents.byteLength);
    const fill = (pointer: number) => this.#instance.run(({ HEAPU8 }) => HEAPU8.set(contents, pointer));
    return this.#chain.next(contents.byteLength, fill, (checksum, pointer) => {
      if (checksum.some((byte, i) => byte !== stated[i])) {
        const message = "the bytes do not match their checksum; the file is damaged";
        throw new KinvecError("MODEL_HASH", message, { at });
      }
      return use(contents, pointer, at);
    });
  }
}

/** What `call` answers or throws, an error with the place in the file rather than in the graph. */
function located<T>(at: number, call: () => T): T {
  try {
    return call();
  } catch (error) {
    if (!(error instanceof KinvecError) || error.code !== "MODEL_FORMAT") throw error;
    throw new KinvecError(error.code, error.message, { at });
  }
}
