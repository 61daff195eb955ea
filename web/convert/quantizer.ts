// Quantises f32 matrices through the engine, a few megabytes at a time.
import type { Instance } from "../native/instance.ts";

const kBytesPerPass = 4 << 20;

export class Quantizer {
  readonly #instance: Instance;

  constructor(instance: Instance) {
    this.#instance = instance;
  }

  /**
   * Symmetric int8 per row.
   *
   * @param weights f32 [rows, columns]
   * @param values int8 [rows, columns], filled
   * @param scales f32 bytes [rows], filled
   */
  int8(weights: Float32Array, columns: number, values: Uint8Array, scales: Uint8Array): void {
    const rows = weights.length / columns;
    const rowsPerPass = Math.max(1, Math.floor(kBytesPerPass / (4 * columns)));
    this.#instance.withMemory(rowsPerPass * (5 * columns + 4), (source) => {
      const quantized = source + 4 * rowsPerPass * columns;
      const scale = quantized + roundUpTo4(rowsPerPass * columns);
      for (let row = 0; row < rows; row += rowsPerPass) {
        const count = Math.min(rowsPerPass, rows - row);
        this.#instance.run((native) => {
          native.HEAPF32.set(weights.subarray(row * columns, (row + count) * columns), source / 4);
          native.quantizeI8(source, count, columns, quantized, scale);
          values.set(native.HEAPU8.subarray(quantized, quantized + count * columns), row * columns);
          scales.set(native.HEAPU8.subarray(scale, scale + 4 * count), 4 * row);
        });
      }
    });
  }

  /**
   * Q4_1: groups of 32 with a scale and a minimum.
   *
   * @param weights f32, a multiple of 32 values
   * @param blocks 20 bytes per 32 values, filled
   */
  q4(weights: Float32Array, blocks: Uint8Array): void {
    const perPass = kBytesPerPass / 4;
    this.#instance.withMemory(4 * perPass + (perPass / 32) * 20, (source) => {
      const destination = source + 4 * perPass;
      for (let at = 0; at < weights.length; at += perPass) {
        const count = Math.min(perPass, weights.length - at);
        this.#instance.run((native) => {
          native.HEAPF32.set(weights.subarray(at, at + count), source / 4);
          native.quantizeQ41(source, count, destination);
          blocks.set(native.HEAPU8.subarray(destination, destination + (count / 32) * 20), (at / 32) * 20);
        });
      }
    });
  }
}

function roundUpTo4(bytes: number): number {
  return Math.ceil(bytes / 4) * 4;
}
