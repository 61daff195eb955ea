// The vectors of all items, and how similar items are to each other.

/** Rows of unit length; every similarity is a cosine. */
export class ItemVectors {
  readonly count: number;
  readonly dimensions: number;
  /** [count, dimensions] */
  readonly data: Float32Array;
  readonly #similaritiesTo = new Map<number, Float32Array>();

  constructor(data: Float32Array, dimensions: number) {
    this.data = data;
    this.dimensions = dimensions;
    this.count = data.length / dimensions;
  }

  /** @param rows [count, dimensions], at any scale per row; a row of zeros stays zero */
  static fromInt8(rows: Int8Array, dimensions: number): ItemVectors {
    const data = new Float32Array(rows);
    for (let start = 0; start < data.length; start += dimensions) {
      const row = data.subarray(start, start + dimensions);
      const length = Math.sqrt(row.reduce((sum, x) => sum + x * x, 0));
      if (length > 0) for (let i = 0; i < dimensions; i++) row[i] = (row[i] as number) / length;
    }
    return new ItemVectors(data, dimensions);
  }

  row(index: number): Float32Array {
    return this.data.subarray(index * this.dimensions, (index + 1) * this.dimensions);
  }

  similarity(a: number, b: number): number {
    const { data, dimensions } = this;
    let sum = 0;
    for (let i = a * dimensions, j = b * dimensions, end = i + dimensions; i < end; i++, j++) {
      sum += (data[i] as number) * (data[j] as number);
    }
    return sum;
  }

  /** Similarities of every item to one, [count]. Kept, since a liked item is asked for again with every event. */
  similaritiesTo(index: number): Float32Array {
    let all = this.#similaritiesTo.get(index);
    if (!all) {
      all = new Float32Array(this.count);
      for (let other = 0; other < this.count; other++) all[other] = this.similarity(index, other);
      this.#similaritiesTo.set(index, all);
    }
    return all;
  }

  /** The items most similar to one, itself left out, best first. */
  nearest(index: number, count: number): number[] {
    const similarities = this.similaritiesTo(index);
    return Array.from(similarities.keys())
      .filter((other) => other !== index)
      .sort((a, b) => (similarities[b] as number) - (similarities[a] as number) || a - b)
      .slice(0, count);
  }
}
