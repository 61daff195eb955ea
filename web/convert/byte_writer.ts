// Little-endian bytes, growing as they are written.
import type { NumberType } from "./gguf_types.ts";

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

  /** An integer that a number holds exactly. */
  u64(value: number): void {
    this.#put(8, (view, at) => view.setBigUint64(at, BigInt(value), true));
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
    const utf8 = new TextEncoder().encode(text);
    this.u64(utf8.byteLength);
    const at = this.#grow(utf8.byteLength);
    this.#bytes.set(utf8, at);
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
