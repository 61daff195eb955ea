// Writes a GGUF v3 file. The layout is fixed from the declared tensors first, so that one buffer of the final size is
// made and each tensor is filled in place. It is the mirror image of src/gguf.cpp.
import { ByteWriter } from "./byte_writer.ts";
import {
  type Metadata,
  type MetadataValue,
  type NumberType,
  TENSOR_TYPES,
  type TensorDeclaration,
  tensorBytes,
  VALUE_TYPES,
} from "./gguf_types.ts";

/** Also a cache line: a row of int8 weights that starts on one is never split needlessly. */
export const ALIGNMENT = 64;

const kVersion = 3;

export class GgufWriter {
  /** The whole file. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where the tensor section starts. */
  readonly dataStart: number;
  readonly #valueStarts = new Map<string, number>();
  readonly #tensors = new Map<string, { start: number; length: number }>();

  /** Lays the file out; tensor bytes are zero until filled. */
  constructor(metadata: Metadata, tensors: readonly TensorDeclaration[]) {
    const header = new ByteWriter();
    for (const letter of "GGUF") header.u8(letter.charCodeAt(0));
    header.u32(kVersion);
    header.u64(tensors.length);
    header.u64(metadata.size);
    for (const [key, value] of metadata) {
      header.string(key);
      this.#valueStarts.set(key, header.length);
      writeValue(header, value);
    }

    let offset = 0; // of the next tensor within the tensor section
    const placed = tensors.map((tensor) => {
      const place = { tensor, offset, length: tensorBytes(tensor) };
      offset += roundUp(place.length, ALIGNMENT);
      return place;
    });
    for (const { tensor, offset } of placed) {
      header.string(tensor.name);
      header.u32(tensor.shape.length);
      for (const size of tensor.shape) header.u64(size);
      header.u32(TENSOR_TYPES[tensor.type].code);
      header.u64(offset);
    }
    header.pad(ALIGNMENT);

    this.dataStart = header.length;
    this.bytes = new Uint8Array(this.dataStart + offset);
    this.bytes.set(header.finish());
    for (const { tensor, offset, length } of placed) {
      this.#tensors.set(tensor.name, { start: this.dataStart + offset, length });
    }
  }

  /** The bytes of a declared tensor, to be filled. */
  tensor(name: string): Uint8Array<ArrayBuffer> {
    const place = this.#tensors.get(name);
    if (!place) throw new RangeError(`no tensor "${name}" was declared`);
    return this.bytes.subarray(place.start, place.start + place.length);
  }

  /** Replaces a metadata value by another of the same encoded size. */
  patch(key: string, value: MetadataValue): void {
    const start = this.#valueStarts.get(key);
    if (start === undefined) throw new RangeError(`no metadata "${key}" was written`);
    const encoded = new ByteWriter();
    writeValue(encoded, value);
    this.bytes.set(encoded.finish(), start);
  }
}

function writeValue(writer: ByteWriter, { type, value }: MetadataValue): void {
  if (!type.endsWith("[]")) {
    writer.u32(VALUE_TYPES[type as keyof typeof VALUE_TYPES]);
    writeScalar(writer, type, value);
    return;
  }
  const elementType = type.slice(0, -2);
  const elements = value as ArrayLike<string | number | boolean>;
  writer.u32(VALUE_TYPES.array);
  writer.u32(VALUE_TYPES[elementType as keyof typeof VALUE_TYPES]);
  writer.u64(elements.length);
  for (let i = 0; i < elements.length; i++) writeScalar(writer, elementType, elements[i]);
}

function writeScalar(writer: ByteWriter, type: string, value: unknown): void {
  if (type === "string") writer.string(value as string);
  else writer.number(type === "bool" ? "u8" : (type as NumberType), Number(value));
}

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}
