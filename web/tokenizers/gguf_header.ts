// The metadata at the front of a GGUF file, read in JavaScript: a tokenizer needs nothing behind it, so the tensors of
// a model need not be downloaded for it. The mirror image of convert/gguf_writer.ts.
import { type Metadata, type MetadataValue, type NumberType, VALUE_TYPES } from "../convert/gguf_types.ts";
import { KinvecError } from "../errors.ts";

/** Name and size in bytes of each type of value by its code; 0 for strings and arrays, which say theirs. */
const kTypes = Object.entries(VALUE_TYPES).map(([name, code]) => ({ name, code, bytes: bytesOf(name) }));
const kVersion = 3;
const kCountsStart = 8;
const kEntriesStart = 24;
/** Larger vocabularies there are none; a size beyond this is damage, not worth waiting for. */
const kMostBytes = 2 ** 29;

function bytesOf(type: string): number {
  return type === "bool" ? 1 : Number.parseInt(type.slice(1), 10) / 8 || 0;
}

/** Thrown where the bytes end too early; more may come. */
const kMore = Symbol("more bytes");

/**
 * A copy of the file without its tensors, or undefined if `bytes`, a beginning of the file, is too short for that.
 * Throws MODEL_VERSION and MODEL_FORMAT.
 */
export function headerWithoutTensors(bytes: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  try {
    const reader = new HeaderReader(bytes);
    reader.entries(() => {});
    const header = bytes.slice(0, reader.position);
    new DataView(header.buffer).setBigUint64(kCountsStart, 0n, true); // no tensors
    return header;
  } catch (error) {
    if (error === kMore) return undefined;
    throw error;
  }
}

/** The metadata of such a copy, or that under the keys that are wanted. */
export function readMetadata(header: Uint8Array, wanted: (key: string) => boolean = () => true): Metadata {
  const metadata: Metadata = new Map();
  const reader = new HeaderReader(header);
  reader.entries((key, value) => {
    if (wanted(key)) metadata.set(key, value());
  });
  return metadata;
}

/**
 * What stands before the vocabulary, which is most of the metadata: single values by key, and the vocabulary's size.
 * Undefined if `bytes`, a beginning of the file, ends before that.
 */
export function readModelCard(bytes: Uint8Array): { values: Metadata; vocabSize: number } | undefined {
  const values: Metadata = new Map();
  let vocabSize: number | undefined;
  try {
    new HeaderReader(bytes).entries((key, value, length) => {
      if (length === 1) values.set(key, value());
      else if (key === "tokenizer.ggml.tokens") vocabSize = length;
    });
  } catch (error) {
    if (error !== kMore) throw error;
  }
  return vocabSize === undefined ? undefined : { values, vocabSize };
}

class HeaderReader {
  position = 0;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #decoder = new TextDecoder("utf-8", { ignoreBOM: true });

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#take(4); // the magic has been looked at
    const version = this.#u32();
    if (version !== kVersion) {
      throw new KinvecError("MODEL_VERSION", `GGUF version ${version} is not read; convert it to version 3`, { at: 4 });
    }
  }

  /** Passes over the entries; `value` decodes the one that is visited, whose bytes may not all be there yet. */
  entries(visit: (key: string, value: () => MetadataValue, length: number) => void): void {
    this.position = kEntriesStart - 8;
    const count = this.#u64();
    for (let i = 0; i < count; i++) {
      const key = this.#string();
      const code = this.#u32();
      const isArray = code === VALUE_TYPES.array;
      const type = this.#type(isArray ? this.#u32() : code);
      const length = isArray ? this.#u64() : 1;
      const start = this.position;
      const value = () => {
        this.position = start;
        const values = Array.from({ length }, () => this.#value(type.name));
        return { type: isArray ? `${type.name}[]` : type.name, value: isArray ? values : values[0] } as MetadataValue;
      };
      visit(key, value, length);
      this.position = start;
      if (type.bytes > 0) this.#take(length * type.bytes);
      else for (let item = 0; item < length; item++) this.#take(this.#u64());
    }
  }

  #type(code: number): (typeof kTypes)[number] {
    const type = kTypes.find((known) => known.code === code);
    if (!type || type.name === "array") {
      const message = `metadata of type ${code} is not read (unknown type, or an array of arrays)`;
      throw new KinvecError("MODEL_FORMAT", message, { at: this.position });
    }
    return type;
  }

  #value(type: string): string | number | boolean {
    switch (type as NumberType | "bool" | "string") {
      case "string":
        return this.#string();
      case "bool":
        return this.#view.getUint8(this.#take(1)) !== 0;
      case "u8":
        return this.#view.getUint8(this.#take(1));
      case "i8":
        return this.#view.getInt8(this.#take(1));
      case "u16":
        return this.#view.getUint16(this.#take(2), true);
      case "i16":
        return this.#view.getInt16(this.#take(2), true);
      case "u32":
        return this.#u32();
      case "i32":
        return this.#view.getInt32(this.#take(4), true);
      case "f32":
        return this.#view.getFloat32(this.#take(4), true);
      case "u64":
        return this.#u64();
      case "i64":
        return Number(this.#view.getBigInt64(this.#take(8), true));
      case "f64":
        return this.#view.getFloat64(this.#take(8), true);
    }
  }

  #string(): string {
    const length = this.#u64();
    const start = this.#take(length);
    return this.#decoder.decode(this.#bytes.subarray(start, start + length));
  }

  #u32(): number {
    return this.#view.getUint32(this.#take(4), true);
  }

  /** Beyond 2^53 not exact, which no size or count can be. */
  #u64(): number {
    const at = this.#take(8);
    return this.#view.getUint32(at, true) + 2 ** 32 * this.#view.getUint32(at + 4, true);
  }

  /** Where the next `count` bytes start. */
  #take(count: number): number {
    const start = this.position;
    this.position += count;
    if (this.position > kMostBytes) {
      throw new KinvecError("MODEL_FORMAT", `the metadata has ${count} bytes in one place`, { at: start });
    }
    if (this.position > this.#bytes.byteLength) throw kMore;
    return start;
  }
}
