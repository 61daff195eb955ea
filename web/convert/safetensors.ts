// Reads a safetensors file: eight bytes of header length, a JSON header with type, shape and byte range of each
// tensor, then the tensors. Every number of the header is checked against the file before it is used.
import { KinvecError } from "../errors.ts";
import type { RandomAccess } from "../source/random_access.ts";
import { decodeBF16, decodeF16, decodeF32, decodeF64, decodeI8, decodeI32, decodeI64 } from "./floats.ts";
import { JsonObject } from "./json_file.ts";

const kLengthBytes = 8;
/** The format's own limit. */
const kMostHeaderBytes = 100_000_000;

interface Decoder {
  bytes: number;
  decode: (bytes: Uint8Array) => Float32Array;
}

// A map, since the types come from the file and may be "constructor".
const kDecoders: ReadonlyMap<string, Decoder> = new Map([
  ["F32", { bytes: 4, decode: decodeF32 }],
  ["F16", { bytes: 2, decode: decodeF16 }],
  ["BF16", { bytes: 2, decode: decodeBF16 }],
  ["F64", { bytes: 8, decode: decodeF64 }],
  ["I8", { bytes: 1, decode: decodeI8 }],
  ["I32", { bytes: 4, decode: decodeI32 }],
  ["I64", { bytes: 8, decode: decodeI64 }],
]);

/** The types that weights of an encoder are published in. */
const kFloatTypes: readonly string[] = ["F32", "F16", "BF16"];

interface Entry {
  dtype: string;
  shape: number[]; // row-major: the last is contiguous
  start: number; // byte offset in the file
  end: number;
}

export class Safetensors {
  readonly #file: RandomAccess;
  readonly #entries: ReadonlyMap<string, Entry>;

  private constructor(file: RandomAccess, entries: ReadonlyMap<string, Entry>) {
    this.#file = file;
    this.#entries = entries;
  }

  /** Reads the header. Rejects with MODEL_FORMAT and the byte offset of the fault. */
  static async open(file: RandomAccess): Promise<Safetensors> {
    if (file.size < kLengthBytes) throw fault(file, "is too short for a safetensors file", file.size);
    const prefix = await file.read(0, kLengthBytes);
    const headerLength = new DataView(prefix.buffer, prefix.byteOffset).getBigUint64(0, true);
    if (headerLength > kMostHeaderBytes || headerLength > file.size - kLengthBytes) {
      throw fault(file, `announces a header of ${headerLength} bytes, more than there can be`, 0);
    }
    const dataStart = kLengthBytes + Number(headerLength);
    const header = parseHeader(file, await file.read(kLengthBytes, Number(headerLength)));
    const entries = new Map<string, Entry>();
    for (const name of header.keys()) {
      if (name !== "__metadata__") entries.set(name, parseEntry(file, header.object(name), dataStart));
    }
    return new Safetensors(file, entries);
  }

  /** Row-major shape, or undefined if there is no such tensor. */
  shape(name: string): readonly number[] | undefined {
    return this.#entries.get(name)?.shape;
  }

  names(): IterableIterator<string> {
    return this.#entries.keys();
  }

  /** Refuses a tensor that is there with UNSUPPORTED_DTYPE if it is not of type F32, F16 or BF16. */
  requireFloats(name: string): void {
    const { dtype } = this.#entries.get(name) as Entry;
    if (!kFloatTypes.includes(dtype)) throw this.#unsupported(name, dtype, "F32, F16 or BF16");
  }

  /** The values of a tensor that is there, as f32. Rejects with UNSUPPORTED_DTYPE for a type that is not read, and with MODEL_FORMAT for NaN and infinity. */
  async read(name: string): Promise<Float32Array> {
    const entry = this.#entries.get(name) as Entry;
    const decoder = this.#decoder(entry, name);
    const values = decoder.decode(await this.#file.read(entry.start, entry.end - entry.start));
    for (let i = 0; i < values.length; i++) {
      if (Number.isFinite(values[i])) continue;
      throw fault(this.#file, `has ${values[i]} among the values of ${name}`, entry.start + i * decoder.bytes);
    }
    return values;
  }

  #decoder({ dtype }: Entry, name: string): Decoder {
    const decoder = kDecoders.get(dtype);
    if (decoder) return decoder;
    throw this.#unsupported(name, dtype, [...kDecoders.keys()].join(", "));
  }

  #unsupported(name: string, dtype: string, expected: string): KinvecError {
    return new KinvecError("UNSUPPORTED_DTYPE", `${this.#file.name}: ${name} has type ${dtype}, not ${expected}`);
  }
}

function parseHeader(file: RandomAccess, bytes: Uint8Array): JsonObject {
  try {
    return new JsonObject(file.name, JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)));
  } catch (cause) {
    throw new KinvecError("MODEL_FORMAT", `${file.name} has a damaged header`, { at: kLengthBytes, cause });
  }
}

function parseEntry(file: RandomAccess, header: JsonObject, dataStart: number): Entry {
  const dtype = header.string("dtype");
  const shape = integers(header, "shape");
  const offsets = integers(header, "data_offsets");
  const [begin, end] = offsets;
  const dataBytes = file.size - dataStart;
  if (offsets.length !== 2 || begin === undefined || end === undefined || begin > end || end > dataBytes) {
    throw fault(file, `does not hold bytes ${offsets.join(" to ")} of ${header.name}`, dataStart + (begin ?? 0));
  }
  const width = kDecoders.get(dtype)?.bytes;
  const values = shape.reduce((product, size) => product * size, 1);
  if (width !== undefined && values * width !== end - begin) {
    throw fault(file, `has ${end - begin} bytes for ${header.name} of shape [${shape}]`, dataStart + begin);
  }
  return { dtype, shape, start: dataStart + begin, end: dataStart + end };
}

function integers(header: JsonObject, key: string): number[] {
  const value = header.value(key);
  if (!Array.isArray(value) || !value.every((item) => Number.isSafeInteger(item) && item >= 0)) {
    throw new KinvecError("MODEL_FORMAT", `${header.name}: "${key}" must be an array of whole numbers`);
  }
  return value;
}

function fault(file: RandomAccess, what: string, at: number): KinvecError {
  return new KinvecError("MODEL_FORMAT", `${file.name} ${what}`, { at });
}
