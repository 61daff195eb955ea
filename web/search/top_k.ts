// The best few of many scores, by a heap whose root is the worst of those kept.

/** Collects rows with scores; keeps the `most` best. Of equal scores the lower row is better. */
export class TopK {
  readonly #most: number;
  readonly #rows: number[] = [];
  readonly #scores: number[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  /** Whether `add` would keep this one. */
  takes(row: number, score: number): boolean {
    if (this.#rows.length < this.#most) return true;
    const worst = this.#scores[0] as number;
    return score > worst || (score === worst && row < (this.#rows[0] as number));
  }

  /** Adds one that `takes` has let through. */
  add(row: number, score: number): void {
    const full = this.#rows.length === this.#most;
    let at = full ? 0 : this.#rows.length;
    this.#put(at, row, score);
    if (full) {
      for (let child = this.#worseChild(at); child !== undefined; child = this.#worseChild(at)) {
        this.#swap(at, child);
        at = child;
      }
      return;
    }
    for (let parent = (at - 1) >> 1; at > 0 && this.#worse(at, parent); parent = (at - 1) >> 1) {
      this.#swap(at, parent);
      at = parent;
    }
  }

  /** All that were kept, best first. */
  best(): { row: number; score: number }[] {
    const kept = this.#rows.map((row, i) => ({ row, score: this.#scores[i] as number }));
    return kept.sort((a, b) => b.score - a.score || a.row - b.row);
  }

  /** The worse child of a place, if it is worse than what is there. */
  #worseChild(at: number): number | undefined {
    let worst = at;
    for (const child of [2 * at + 1, 2 * at + 2]) {
      if (child < this.#rows.length && this.#worse(child, worst)) worst = child;
    }
    return worst === at ? undefined : worst;
  }

  #worse(a: number, b: number): boolean {
    const difference = (this.#scores[a] as number) - (this.#scores[b] as number);
    return difference < 0 || (difference === 0 && (this.#rows[a] as number) > (this.#rows[b] as number));
  }

  #put(at: number, row: number, score: number): void {
    this.#rows[at] = row;
    this.#scores[at] = score;
  }

  #swap(a: number, b: number): void {
    const row = this.#rows[a] as number;
    const score = this.#scores[a] as number;
    this.#put(a, this.#rows[b] as number, this.#scores[b] as number);
    this.#put(b, row, score);
  }
}
