// The bytes of a body, in runs of whatever length is asked for. No more is held than has arrived and was not yet taken.
import { throwIfAborted } from "../abort.ts";
import { KinvecError } from "../errors.ts";
import type { OpenBody } from "./byte_source.ts";
import { concatenate } from "./receive.ts";

export class ByteFeed {
  readonly #body: OpenBody;
  readonly #name: string;
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #signal: AbortSignal | undefined;
  readonly #onBytes: (loaded: number, total: number | undefined) => void;
  #rest = new Uint8Array(); // of the last chunk
  #loaded = 0;

  constructor(
    body: OpenBody,
    name: string,
    signal: AbortSignal | undefined,
    onBytes: (loaded: number, total: number | undefined) => void,
  ) {
    this.#body = body;
    this.#name = name;
    this.#chunks = body.chunks[Symbol.asyncIterator]();
    this.#signal = signal;
    this.#onBytes = onBytes;
  }

  /** Where in the file the next byte lies. */
  get position(): number {
    return this.#loaded - this.#rest.byteLength;
  }

  /** Whether the body was shorter than announced, once all of it has been taken. */
  get isShort(): boolean {
    const { length } = this.#body;
    return length !== undefined && this.#loaded < length;
  }

  /** Bytes that are announced to come, where that is known. */
  get left(): number | undefined {
    const { length } = this.#body;
    return length && Math.max(0, length - this.position);
  }

  /**
   * Whether so many more bytes have been announced; if not, memory should be taken as they come. Throws MODEL_FORMAT where
   * the file is known to end before.
   */
  announces(count: number): boolean {
    const left = this.left ?? 0;
    if (this.#body.exact && count > left) {
      const message = `${count} more bytes are needed where the file has ${left}`;
      throw new KinvecError("MODEL_FORMAT", message, { at: this.position });
    }
    return count <= left;
  }

  /**
   * The next `count` bytes, or all that are left; where the byte `last` is given and comes before, those through it. Valid
   * until the next call.
   */
  async takeUpTo(count: number, last?: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    for (let missing = count; ; ) {
      const most = this.#rest.subarray(0, missing);
      const found = last === undefined ? -1 : most.indexOf(last);
      const part = found === -1 ? most : most.subarray(0, found + 1);
      this.#rest = this.#rest.subarray(part.byteLength);
      missing -= part.byteLength;
      const complete = missing === 0 || found !== -1;
      if (complete && parts.length === 0) return part;
      // Copied, since the next chunk may come in the same buffer.
      parts.push(new Uint8Array(part));
      if (complete || !(await this.#next())) return concatenate(parts);
    }
  }

  /** The next `count` bytes, or all that are left, without taking them. */
  async peek(count: number): Promise<Uint8Array> {
    const bytes = await this.takeUpTo(count);
    this.#rest = concatenate([bytes, this.#rest]);
    return this.#rest.subarray(0, bytes.byteLength);
  }

  /** The next `count` bytes; valid until the next call. Throws MODEL_FORMAT, or FETCH_FAILED where more was announced. */
  async take(count: number): Promise<Uint8Array> {
    const bytes = await this.takeUpTo(count);
    if (bytes.byteLength < count) throw this.endedEarly();
    return bytes;
  }

  /** Takes as many bytes as the target has room for. Throws as `take` does. */
  async fill(target: Uint8Array): Promise<void> {
    for (let filled = 0; filled < target.byteLength; ) {
      const part = this.#rest.subarray(0, target.byteLength - filled);
      this.#rest = this.#rest.subarray(part.byteLength);
      target.set(part, filled);
      filled += part.byteLength;
      if (filled < target.byteLength && !(await this.#next())) throw this.endedEarly();
    }
  }

  /** Passes over `count` bytes. Throws as `take` does. */
  async skip(count: number): Promise<void> {
    for (let left = count; left > 0; ) {
      const passed = Math.min(left, this.#rest.byteLength);
      this.#rest = this.#rest.subarray(passed);
      left -= passed;
      if (left > 0 && !(await this.#next())) throw this.endedEarly();
    }
  }

  /** What is to be thrown where more bytes were needed than there are. */
  endedEarly(): KinvecError {
    if (this.isShort) {
      return new KinvecError("FETCH_FAILED", `${this.#name} ended after ${this.#loaded} of ${this.#body.length} bytes`);
    }
    return new KinvecError("MODEL_FORMAT", "the file ends too early", { at: this.#loaded });
  }

  /** Stops reading; a body that is still arriving is cancelled. */
  async cancel(): Promise<void> {
    await this.#chunks.return?.();
  }

  async #next(): Promise<boolean> {
    throwIfAborted(this.#signal);
    // All of it has been taken; its buffer may be given away for the next chunk.
    this.#rest = new Uint8Array();
    const { done, value } = await this.#chunks.next();
    throwIfAborted(this.#signal);
    if (done) return false;
    this.#rest = value as Uint8Array<ArrayBuffer>;
    this.#loaded += value.byteLength;
    this.#onBytes(this.#loaded, this.#body.length);
    return true;
  }
}
