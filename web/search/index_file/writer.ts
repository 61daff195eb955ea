// An index as the bytes of a file, in pieces that are made as they are asked for.
import { KinvecError } from "../../errors.ts";
import type { GraphState } from "../../native/index_graph.ts";
import type { IndexRows } from "../../native/index_rows.ts";
import { streamOf } from "../../source/piece_stream.ts";
import type { ItemId } from "../index_vectors.ts";
import { BlockChain } from "./block_chain.ts";
import { encodeGraphState, GRAPH_STATE_BYTES } from "./graph_state.ts";
import { encodeIds } from "./ids.ts";
import {
  BLOCK_HEAD_BYTES,
  BLOCK_KINDS,
  type BlockKind,
  CHECKSUM_BYTES,
  HEADER_BYTES,
  headerBytes,
  type IndexHeader,
} from "./layout.ts";

/** Bytes of rows or links in a block, about; those of a row, if they are more. */
const kBlockBytes = 1 << 18;

export class IndexWriter {
  /** Of the whole file. */
  readonly byteLength: number;
  readonly #header: IndexHeader;
  readonly #fingerprint: Uint8Array;
  readonly #ids: readonly Uint8Array[];
  readonly #rows: () => IndexRows;
  readonly #rowsPerBlock: number;
  readonly #linksPerBlock: number = 1;

  /**
   * @param fingerprint of the model; empty: not known
   * @param rows asked for before each use; may throw if they are no more what they were
   */
  constructor(header: IndexHeader, fingerprint: string, ids: readonly ItemId[], rows: () => IndexRows) {
    this.#header = header;
    this.#fingerprint = new TextEncoder().encode(fingerprint);
    this.#ids = encodeIds(ids);
    this.#rows = rows;
    const { storedBytes, graph } = rows();
    this.#rowsPerBlock = Math.max(1, Math.floor(kBlockBytes / storedBytes));
    const idBytes = this.#ids.reduce((sum, block) => sum + block.byteLength, 0);
    let blocks = 1 + this.#ids.length + Math.ceil(header.items / this.#rowsPerBlock);
    let graphBytes = 0;
    if (header.graph) {
      this.#linksPerBlock = Math.max(1, Math.floor(kBlockBytes / graph.bytesPerRow));
      blocks += 1 + Math.ceil(header.items / this.#linksPerBlock);
      graphBytes = GRAPH_STATE_BYTES + graph.linksBytes(0, header.items);
    }
    this.byteLength =
      HEADER_BYTES +
      CHECKSUM_BYTES +
      blocks * (BLOCK_HEAD_BYTES + CHECKSUM_BYTES) +
      this.#fingerprint.byteLength +
      idBytes +
      header.items * storedBytes +
      graphBytes;
  }

  /** All of it. Throws OUT_OF_MEMORY. */
  bytes(): Uint8Array<ArrayBuffer> {
    let whole: Uint8Array<ArrayBuffer>;
    try {
      whole = new Uint8Array(this.byteLength);
    } catch (cause) {
      const message = `no memory for the ${this.byteLength} bytes of the index; save it as a stream`;
      throw new KinvecError("OUT_OF_MEMORY", message, { cause });
    }
    let at = 0;
    for (const piece of this.#pieces()) {
      whole.set(piece, at);
      at += piece.byteLength;
    }
    return whole;
  }

  /** Makes a piece when it is read. */
  stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    return streamOf(this.#pieces());
  }

  *#pieces(): Generator<Uint8Array<ArrayBuffer>> {
    const { instance } = this.#rows();
    const chain = new BlockChain(instance);
    const piece = (head: Uint8Array, bytes: number, fill: (pointer: number) => void) =>
      chain.next(bytes, fill, (checksum, pointer) => {
        const whole = new Uint8Array(head.byteLength + bytes + CHECKSUM_BYTES);
        whole.set(head);
        instance.run(({ HEAPU8 }) => whole.set(HEAPU8.subarray(pointer, pointer + bytes), head.byteLength));
        whole.set(checksum, head.byteLength + bytes);
        return whole;
      });
    const copy = (bytes: Uint8Array) => (pointer: number) => instance.run(({ HEAPU8 }) => HEAPU8.set(bytes, pointer));
    const block = (kind: BlockKind, bytes: Uint8Array) =>
      piece(blockHead(kind, bytes.byteLength), bytes.byteLength, copy(bytes));

    yield piece(new Uint8Array(), HEADER_BYTES, copy(headerBytes(this.#header)));
    yield block("fingerprint", this.#fingerprint);
    for (const ids of this.#ids) yield block("ids", ids);
    for (let first = 0; first < this.#header.items; first += this.#rowsPerBlock) {
      const rows = this.#rows();
      const count = Math.min(this.#rowsPerBlock, this.#header.items - first);
      const bytes = count * rows.storedBytes;
      yield piece(blockHead("rows", bytes), bytes, (pointer) => rows.save(first, count, pointer));
    }
    if (!this.#header.graph) return;
    yield block("graph", encodeGraphState(this.#rows().graph.state as GraphState));
    for (let first = 0; first < this.#header.items; first += this.#linksPerBlock) {
      const { graph } = this.#rows();
      const count = Math.min(this.#linksPerBlock, this.#header.items - first);
      const bytes = graph.linksBytes(first, count);
      yield piece(blockHead("links", bytes), bytes, (pointer) => graph.saveLinks(first, count, pointer));
    }
  }
}

function blockHead(kind: BlockKind, bytes: number): Uint8Array {
  const head = new Uint8Array(BLOCK_HEAD_BYTES);
  const view = new DataView(head.buffer);
  view.setUint32(0, BLOCK_KINDS[kind], true);
  view.setUint32(4, bytes, true);
  return head;
}
