// Small files of FastText, written here by the format's description: what the reference is too large or too slow for.

const text = (string) => Buffer.from(string);
const numberOf = (method, bytes) => (value) => {
  const buffer = Buffer.alloc(bytes);
  buffer[method](value);
  return buffer;
};
const [i8, i32, f64] = [numberOf("writeInt8", 1), numberOf("writeInt32LE", 4), numberOf("writeDoubleLE", 8)];
const i64 = (value) => numberOf("writeBigInt64LE", 8)(BigInt(value));
const f32 = (values) => Buffer.from(Float32Array.from(values).buffer);

/** Numbers that differ, from -1 to 1. */
const waves = (length, start) => Array.from({ length }, (_, i) => Math.sin(start + 3 * i));

/**
 * A supervised model of two dimensions.
 *
 * @param {{ loss?: number, words?: string[], labels?: string[], buckets?: number, kept?: [number, number][] }} parts
 *   kept: the pairs of a pruned file, which is quantised with its output and norms
 */
export function tinyClassifier({
  loss = 3,
  words = ["the", "c\u00e4t", "</s>"],
  labels = ["__label__a", "__label__b", "__label__c"],
  buckets = 4,
  kept,
} = {}) {
  const rows = words.length + (kept?.length ?? buckets);
  const matrix = kept ? quantized : dense;
  return Buffer.concat([
    ...[793712314, 12].map(i32),
    ...[2, 5, 5, 1, 5, 2, loss, 3, buckets, 2, 3, 100].map(i32),
    f64(1e-4),
    ...[words.length + labels.length, words.length, labels.length].map(i32),
    i64(100),
    i64(kept?.length ?? -1),
    ...words.map((word, i) => Buffer.concat([text(word), i8(0), i64(9 - i), i8(0)])),
    ...labels.map((label, i) => Buffer.concat([text(label), i8(0), i64(9 - i), i8(1)])),
    ...(kept ?? []).flat().map(i32),
    matrix(rows, 1),
    matrix(labels.length, 2),
  ]);
}

/** The flag that it is dense, sizes and numbers. */
function dense(rows, start) {
  return Buffer.concat([i8(0), i64(rows), i64(2), f32(waves(2 * rows, start))]);
}

/** The flags that it is quantised and has norms, sizes, codes and centroids, those of norms as well. */
function quantized(rows, start) {
  const codes = Uint8Array.from({ length: rows }, (_, i) => 7 * i + start);
  return Buffer.concat([
    ...[i8(1), i8(1), i64(rows), i64(2), i32(rows), codes],
    ...[2, 1, 2, 2].map(i32),
    f32(waves(2 * 256, start)),
    codes,
    ...[1, 1, 1, 1].map(i32),
    f32(waves(256, start).map(Math.abs)),
  ]);
}
