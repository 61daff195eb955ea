// The GGUF format's numbers: metadata value types and the tensor types the converter writes.

/** Type codes of metadata values. */
export const VALUE_TYPES = {
  u8: 0,
  i8: 1,
  u16: 2,
  i16: 3,
  u32: 4,
  i32: 5,
  f32: 6,
  bool: 7,
  string: 8,
  array: 9,
  u64: 10,
  i64: 11,
  f64: 12,
} as const;

/** Types of numbers. */
export type NumberType = "u8" | "i8" | "u16" | "i16" | "u32" | "i32" | "f32" | "u64" | "i64" | "f64";

/** One metadata value; an array's type is its elements' with "[]". */
export type MetadataValue =
  | { type: NumberType; value: number }
  | { type: "bool"; value: boolean }
  | { type: "string"; value: string }
  | { type: `${NumberType}[]`; value: ArrayLike<number> }
  | { type: "bool[]"; value: readonly boolean[] }
  | { type: "string[]"; value: readonly string[] };

/** Metadata in the order it is written. */
export type Metadata = Map<string, MetadataValue>;

/** Tensor types written here: their code, and bytes per block of values. */
export const TENSOR_TYPES = {
  F32: { code: 0, blockValues: 1, blockBytes: 4 },
  Q4_1: { code: 3, blockValues: 32, blockBytes: 20 },
  I8: { code: 24, blockValues: 1, blockBytes: 1 },
} as const;

export type TensorTypeName = keyof typeof TENSOR_TYPES;

/** A tensor as it will be stored; shape[0] is the contiguous dimension. */
export interface TensorDeclaration {
  name: string;
  type: TensorTypeName;
  shape: readonly number[];
}

export function tensorBytes({ type, shape }: TensorDeclaration): number {
  const { blockValues, blockBytes } = TENSOR_TYPES[type];
  return (shape.reduce((product, size) => product * size, 1) / blockValues) * blockBytes;
}

export const u32 = (value: number): MetadataValue => ({ type: "u32", value });
export const f32 = (value: number): MetadataValue => ({ type: "f32", value });
export const f64 = (value: number): MetadataValue => ({ type: "f64", value });
export const bool = (value: boolean): MetadataValue => ({ type: "bool", value });
export const string = (value: string): MetadataValue => ({ type: "string", value });
