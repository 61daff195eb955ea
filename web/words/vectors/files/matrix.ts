// A matrix of a FastText model, as numbers or by a product quantiser ("Product Quantization for Nearest Neighbor Search",
// Jégou et al., 2011). Sums are in single precision and in the order of the reference, since the classifier looks up rounded
// values.

export interface Matrix {
  readonly rowCount: number;
  /** Adds a row to `sum`, [columns]. */
  addRow(sum: Float32Array, row: number): void;
  /** The dot product of a row with `vector`, [columns]. */
  dot(vector: Float32Array, row: number): number;
}

export class DenseMatrix implements Matrix {
  readonly rowCount: number;
  readonly #rows: Float32Array; // [rowCount, columns]
  readonly #columns: number;

  constructor(rows: Float32Array, columns: number) {
    this.rowCount = rows.length / columns;
    this.#rows = rows;
    this.#columns = columns;
  }

  addRow(sum: Float32Array, row: number): void {
    const start = row * this.#columns;
    for (let i = 0; i < sum.length; i++) (sum[i] as number) += this.#rows[start + i] as number;
  }

  dot(vector: Float32Array, row: number): number {
    const start = row * this.#columns;
    let sum = 0;
    for (let i = 0; i < vector.length; i++) {
      sum = Math.fround(sum + Math.fround((vector[i] as number) * (this.#rows[start + i] as number)));
    }
    return sum;
  }
}

/** Centroids of a part each. */
export const CENTROIDS = 256;

/** Vectors as codes: each part of a vector is one of 256 centroids. */
export interface ProductQuantizer {
  /** Parts of a vector. */
  parts: number;
  /** Numbers in a part; the last one may have fewer. */
  partLength: number;
  /** [parts, CENTROIDS, partLength], the last part packed. */
  centroids: Float32Array;
}

export class QuantizedMatrix implements Matrix {
  readonly rowCount: number;
  readonly #codes: Uint8Array; // [rowCount, parts]
  readonly #quantizer: ProductQuantizer;
  readonly #norms: Float32Array | undefined; // [rowCount]; undefined: all are 1

  constructor(codes: Uint8Array, quantizer: ProductQuantizer, norms: Float32Array | undefined) {
    this.rowCount = codes.byteLength / quantizer.parts;
    this.#codes = codes;
    this.#quantizer = quantizer;
    this.#norms = norms;
  }

  addRow(sum: Float32Array, row: number): void {
    const { centroids } = this.#quantizer;
    const norm = this.#norms ? (this.#norms[row] as number) : 1;
    this.#eachPart(row, sum.length, (from, to, at) => {
      for (let i = from; i < to; i++) (sum[i] as number) += Math.fround(norm * (centroids[at + i] as number));
    });
  }

  dot(vector: Float32Array, row: number): number {
    const { centroids } = this.#quantizer;
    let sum = 0;
    this.#eachPart(row, vector.length, (from, to, at) => {
      for (let i = from; i < to; i++) {
        sum = Math.fround(sum + Math.fround((vector[i] as number) * (centroids[at + i] as number)));
      }
    });
    return this.#norms ? Math.fround(sum * (this.#norms[row] as number)) : sum;
  }

  /** Calls `visit` for numbers [from, to) of a row; number i of it is that at `at + i` of the centroids. */
  #eachPart(row: number, columns: number, visit: (from: number, to: number, at: number) => void): void {
    const { parts, partLength } = this.#quantizer;
    for (let part = 0; part < parts; part++) {
      const from = part * partLength;
      const to = Math.min(columns, from + partLength);
      const code = this.#codes[row * parts + part] as number;
      visit(from, to, CENTROIDS * from + code * (to - from) - from);
    }
  }
}
