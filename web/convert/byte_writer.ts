// Little-endian bytes, growing as they are written.
import type { NumberType } from "./gguf_types.ts";

const kTwo32 = 2 ** 32;
const encoder = new TextEncoder();

export class ByteWriter {
  #bytes = new Uint8Array(1 << 16);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  u8(value: number): void {
    this.#put(1, (view, at) => view.setUint8(at, value));
  }

  u32(value: number): void {
    this.#put(4, (view, at) => view.setUint32(at, value, true));
  }

  /** An integer that a number holds exactly; a negative one wraps as two's complement. */
  u64(value: number): void {
    // Vocabularies write a length per token: halves are many times faster than a BigInt.
    this.#put(8, (view, at) => {
      view.setUint32(at, value % kTwo32, true);
      view.setUint32(at + 4, Math.floor(value / kTwo32), true);
    });
  }

  /** A number of the given type; negative integers wrap as two's complement. */
  number(type: NumberType, value: number): void {
    switch (type) {
      case "u8":
      case "i8":
        this.u8(value);
        break;
      case "u16":
      case "i16":
        this.#put(2, (view, at) => view.setUint16(at, value, true));
        break;
      case "u32":
      case "i32":
        this.u32(value);
        break;
      case "u64":
      case "i64":
        this.u64(value);
        break;
      case "f32":
        this.#put(4, (view, at) => view.setFloat32(at, value, true));
        break;
      case "f64":
        this.#put(8, (view, at) => view.setFloat64(at, value, true));
        break;
    }
  }

  /** UTF-8 behind its length, as GGUF stores strings. */
  string(text: string): void {
    const start = this.#length;
    // A UTF-16 unit takes at most three bytes; what is not needed is given back.
    this.#grow(8 + 3 * text.length);
    const { written } = encoder.encodeInto(text, this.#bytes.subarray(start + 8));
    this.#length = start;
    this.u64(written);
    this.#length += written;
  }

  /** Zeros up to the next multiple of `alignment`. */
  pad(alignment: number): void {
    this.#grow((alignment - (this.#length % alignment)) % alignment);
  }

  finish(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length);
  }

  #put(count: number, write: (view: DataView, at: number) => void): void {
    const at = this.#grow(count);
    write(this.#view, at);
  }

  /** Makes room for `count` bytes; answers where they start. */
  #grow(count: number): number {
    const start = this.#length;
    this.#length += count;
    if (this.#length > this.#bytes.byteLength) {
      const larger = new Uint8Array(Math.max(this.#length, 2 * this.#bytes.byteLength));
      larger.set(this.#bytes);
      this.#bytes = larger;
      this.#view = new DataView(larger.buffer);
    }
    return start;
  }
}
