// Moves a body straight into the engine's memory as it arrives, so that the weights exist once. Where the announced
// length is missing or proves wrong, the rest is collected outside and moved at the end, when the size is known: a block
// that grows inside would leave its former places in a memory that never shrinks.
import { throwIfAborted } from "../abort.ts";
import type { OpenBody } from "./byte_source.ts";
import { checkMagic, SNIFF_BYTES } from "./sniff.ts";

/** Memory that a file of a known size can be written into; reserving again drops what was there. */
export interface FileBlock {
  /** Throws OUT_OF_MEMORY. */
  reserve(bytes: number): void;
  /** From the first byte to the last, in order. */
  write(offset: number, bytes: Uint8Array): void;
  /** A copy of the first `bytes` of the block. */
  copy(bytes: number): Uint8Array;
}

export interface ReceiveOptions {
  name: string;
  signal?: AbortSignal | undefined;
  onBytes?: ((loaded: number, total: number | undefined) => void) | undefined;
}

// A header that announces more than this is not believed before the bytes are seen.
const kLargestTrustedLength = 1 << 30;

/**
 * Fills `block` with the body and leaves it reserved at exactly the body's size.
 * Answers that size, and whether it is less than the body had announced.
 */
export async function receive(
  body: OpenBody,
  block: FileBlock,
  { name, signal, onBytes }: ReceiveOptions,
): Promise<{ bytes: number; short: boolean }> {
  const { length } = body;
  const direct = length !== undefined && (body.exact || length <= kLargestTrustedLength) ? length : 0;
  const spilled: Uint8Array[] = [];
  let inBlock = 0;
  let loaded = 0;

  const take = (chunk: Uint8Array) => {
    const room = Math.min(direct - inBlock, chunk.byteLength);
    if (room > 0) {
      if (inBlock === 0) block.reserve(direct);
      block.write(inBlock, chunk.subarray(0, room));
      inBlock += room;
    }
    // Copied: a stream may reuse the buffer of a chunk it has handed out. (slice() of Node.js's Buffer copies nothing.)
    if (room < chunk.byteLength) spilled.push(new Uint8Array(chunk.subarray(room)));
    loaded += chunk.byteLength;
    onBytes?.(loaded, length);
  };

  let head: Uint8Array | undefined = new Uint8Array(0);
  for await (const chunk of body.chunks) {
    throwIfAborted(signal);
    if (head === undefined) {
      take(chunk);
      continue;
    }
    head = concatenate([head, chunk]);
    if (head.byteLength >= SNIFF_BYTES) {
      checkMagic(head.subarray(0, SNIFF_BYTES), name);
      take(head);
      head = undefined;
    }
  }
  throwIfAborted(signal);
  if (head !== undefined) {
    checkMagic(head, name);
    take(head);
  }

  if (loaded !== direct) {
    if (inBlock > 0) spilled.unshift(block.copy(inBlock));
    block.reserve(loaded);
    let at = 0;
    // Each piece is let go of as soon as it is in place.
    for (let piece = spilled.shift(); piece; piece = spilled.shift()) {
      block.write(at, piece);
      at += piece.byteLength;
    }
  }
  return { bytes: loaded, short: length !== undefined && loaded < length };
}

export function concatenate(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}
