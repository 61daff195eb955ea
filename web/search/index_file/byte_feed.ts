// The bytes of a body, in runs of whatever length is asked for. No more is held than has arrived and was not yet taken.
import { throwIfAborted } from "../../abort.ts";
import { KinvecError } from "../../errors.ts";
import type { OpenBody } from "../../source/byte_source.ts";
import { concatenate } from "../../source/receive.ts";

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

  /** The next `count` bytes, or all that are left; valid until the next call. */
  async takeUpTo(count: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    for (let missing = count; ; ) {
      const part = this.#rest.subarray(0, missing);
      this.#rest = this.#rest.subarray(part.byteLength);
      missing -= part.byteLength;
      if (missing === 0 && parts.length === 0) return part;
      // Copied, since the next chunk may come in the same buffer.
      parts.push(new Uint8Array(part));
      if (missing === 0 || !(await this.#next())) return concatenate(parts);
    }
  }

  /** The next `count` bytes; valid until the next call. Throws MODEL_FORMAT, or FETCH_FAILED where more was announced. */
  async take(count: number): Promise<Uint8Array> {
    const bytes = await this.takeUpTo(count);
    if (bytes.byteLength < count) throw this.endedEarly();
    return bytes;
  }

  /** What is to be thrown where more bytes were needed than there are. */
  endedEarly(): KinvecError {
    const { length } = this.#body;
    if (length !== undefined && this.#loaded < length) {
      return new KinvecError("FETCH_FAILED", `${this.#name} ended after ${this.#loaded} of ${length} bytes`);
    }
    return new KinvecError("MODEL_FORMAT", "the file ends too early", { at: this.#loaded });
  }

  /** Stops reading; a body that is still arriving is cancelled. */
  async cancel(): Promise<void> {
    await this.#chunks.return?.();
  }

  async #next(): Promise<boolean> {
    throwIfAborted(this.#signal);
    const { done, value } = await this.#chunks.next();
    throwIfAborted(this.#signal);
    if (done) return false;
    this.#rest = value as Uint8Array<ArrayBuffer>;
    this.#loaded += value.byteLength;
    this.#onBytes(this.#loaded, this.#body.length);
    return true;
  }
}
