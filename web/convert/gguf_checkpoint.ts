// A GGUF file of the bert architecture as a Checkpoint: read and decoded by the engine's own reader.
import { KinvecError } from "../errors.ts";
import type { Instance } from "../native/instance.ts";
import type { NativeGguf, NativeGgufTensor } from "../native/module.ts";
import type { FileBlock } from "../source/receive.ts";
import { type Checkpoint, checkedShapes, type EncoderSizes, MOST_LAYERS } from "./checkpoint.ts";
import type { Metadata, MetadataValue } from "./gguf_types.ts";

/** A GGUF file in the engine's memory. */
export class GgufFile {
  readonly #instance: Instance;
  readonly #gguf: NativeGguf;
  #pointer = 0;

  constructor(instance: Instance) {
    this.#instance = instance;
    this.#gguf = instance.run((native) => new native.Gguf());
  }

  /** Where the file is to be written before parse(). */
  readonly block: FileBlock = {
    reserve: (bytes) => {
      this.#pointer = this.#instance.reserve(bytes, () => this.#gguf.reserve(bytes));
    },
    write: (offset, bytes) => this.#instance.run((native) => native.HEAPU8.set(bytes, this.#pointer + offset)),
    copy: (bytes) => this.#instance.run((native) => native.HEAPU8.slice(this.#pointer, this.#pointer + bytes)),
  };

  /** Reads header, metadata and tensor table; throws MODEL_FORMAT and the like. */
  parse(): void {
    this.#instance.check(() => this.#gguf.open());
  }

  metadata(): Metadata {
    const entries = this.#instance.run(() => this.#gguf.metadata());
    return new Map(entries.map(([key, type, value]) => [key, { type, value } as MetadataValue]));
  }

  tensors(): NativeGgufTensor[] {
    return this.#instance.run(() => this.#gguf.tensors());
  }

  /** The values of tensor `index` as f32. */
  read(index: number, values: number): Float32Array {
    return this.#instance.withMemory(4 * values, (pointer) => {
      this.#instance.check(() => this.#gguf.dequantize(index, pointer));
      return this.#instance.run((native) => native.HEAPF32.slice(pointer / 4, pointer / 4 + values));
    });
  }
}

/** Keys of the conversion itself: they describe the file they stand in, not the model. */
const kOwnKeys = ["general.alignment", "general.file_type", "general.quantization_version", "kinvec.version"];
const kOwnPrefixes = ["kinvec.probe.", "kinvec.checksum"];

/** The model in a parsed file. Throws UNSUPPORTED_ARCHITECTURE, UNSUPPORTED_DTYPE or MODEL_FORMAT. */
export function openGguf(file: GgufFile): Checkpoint {
  const metadata = file.metadata();
  const architecture = metadata.get("general.architecture")?.value;
  if (architecture !== "bert") {
    const message = `architecture ${JSON.stringify(architecture)} is not supported, only "bert" is`;
    throw new KinvecError("UNSUPPORTED_ARCHITECTURE", message);
  }
  const tensors = new Map(file.tensors().map((tensor, index) => [tensor.name, { ...tensor, index }]));
  for (const { name, type } of tensors.values()) {
    if (type === "I8" || name.endsWith(".smooth")) {
      throw new KinvecError("UNSUPPORTED_DTYPE", "the file is a converted q8 or q4 model; convert from its original");
    }
  }
  const sizes = readSizes(metadata, tensors);
  const shapes = checkedShapes(sizes, (name) => {
    const place = find(tensors, name);
    if (!place) return undefined;
    const [rows = 0, ...rest] = rowMajor(place.tensor.shape);
    return [place.third === undefined ? rows : rows / 3, ...rest];
  });
  return {
    kind: "encoder",
    sizes,
    metadata: new Map([...metadata].filter(([key]) => !isOwn(key))),
    tensor: async (name) => {
      const { tensor, third } = find(tensors, name) as Place;
      const shape = shapes.get(name) as readonly number[];
      const values = shape.reduce((product, size) => product * size, 1);
      if (third === undefined) return file.read(tensor.index, values);
      return file.read(tensor.index, 3 * values).slice(third * values, (third + 1) * values);
    },
  };
}

type Tensors = ReadonlyMap<string, NativeGgufTensor & { index: number }>;

interface Place {
  tensor: NativeGgufTensor & { index: number };
  /** Which third of the tensor, where Q, K and V are one. */
  third?: number;
}

/** Where the values of a tensor are, if the file has them. */
function find(tensors: Tensors, name: string): Place | undefined {
  const tensor = tensors.get(name);
  if (tensor) return { tensor };
  const [, start, part = "", end] = /^(blk\.\d+\.attn_)([qkv])(\..*)$/.exec(name) ?? [];
  const fused = tensors.get(`${start}qkv${end}`);
  return fused && { tensor: fused, third: "qkv".indexOf(part) };
}

function readSizes(metadata: Metadata, tensors: ReadonlyMap<string, NativeGgufTensor>): EncoderSizes {
  const number = (key: string, most = Number.MAX_SAFE_INTEGER) => {
    const value = metadata.get(key)?.value;
    if (typeof value !== "number") throw new KinvecError("MODEL_FORMAT", `the file has no ${key}`);
    if (value > most) throw new KinvecError("MODEL_FORMAT", `${key} is ${value}, more than ${most}`);
    return value;
  };
  const rows = (name: string) => {
    const shape = tensors.get(name)?.shape;
    if (shape?.length !== 2) throw new KinvecError("MODEL_FORMAT", `the file has no matrix ${name}`);
    return shape[1] as number;
  };
  return {
    layers: number("bert.block_count", MOST_LAYERS),
    hidden: number("bert.embedding_length"),
    intermediate: number("bert.feed_forward_length"),
    vocabulary: rows("token_embd.weight"),
    positions: rows("position_embd.weight"),
    tokenTypes: rows("token_types.weight"),
  };
}

function rowMajor(shape: readonly number[]): number[] {
  return shape.toReversed();
}

function isOwn(key: string): boolean {
  return kOwnKeys.includes(key) || kOwnPrefixes.some((prefix) => key.startsWith(prefix));
}
