// What a vectorizer knows of the texts it was given: how many they are, and of each term in how many of them it occurs
// and how often in all. These are sums, so that texts can come and go in any order.
import type { ColumnLimits } from "./count_options.ts";
import type { CountedTexts } from "./count_terms.ts";

/** How frequent a term is. */
export interface Frequency {
  /** The number of texts that have it. */
  texts: number;
  /** How often it occurs in all of them. */
  total: number;
}

export class TermCounts {
  #texts = 0;
  readonly #frequencies: Map<string, Frequency>;

  constructor(texts = 0, frequencies: Iterable<readonly [term: string, frequency: Frequency]> = []) {
    this.#texts = texts;
    this.#frequencies = new Map(frequencies);
  }

  static of({ rows, columns }: CountedTexts): TermCounts {
    const frequencies = Array.from(columns.keys(), (): Frequency => ({ texts: 0, total: 0 })); // by column
    for (const [at, column] of rows.indices.entries()) {
      const frequency = frequencies[column] as Frequency;
      frequency.texts++;
      frequency.total += rows.data[at] as number;
    }
    const counted = Array.from(columns, ([term, column]) => [term, frequencies[column] as Frequency] as const);
    return new TermCounts(
      rows.shape[0],
      counted.filter(([, { texts }]) => texts > 0),
    );
  }

  /** Number of texts. */
  get texts(): number {
    return this.#texts;
  }

  /** Of a term that no text has, zeros. */
  of(term: string): Readonly<Frequency> {
    return this.#frequencies.get(term) ?? { texts: 0, total: 0 };
  }

  /** Every term with its frequency, by code points. */
  sorted(): [term: string, frequency: Readonly<Frequency>][] {
    return [...this.#frequencies].sort(([a], [b]) => compareCodePoints(a, b));
  }

  /** Counts the texts that `others` counts as well. */
  add(others: TermCounts): void {
    this.#texts += others.#texts;
    for (const [term, { texts, total }] of others.#frequencies) this.#change(term, texts, total);
  }

  /** Whether the texts that `others` counts may be among those counted here. */
  mayHave(others: TermCounts): boolean {
    const most = this.#texts - others.#texts;
    if (most < 0 || [...others.#frequencies.keys()].some((term) => !this.#frequencies.has(term))) return false;
    return [...this.#frequencies].every(([term, here]) => {
      const gone = others.of(term);
      const texts = here.texts - gone.texts;
      const total = here.total - gone.total;
      return texts === 0 ? total === 0 : texts > 0 && texts <= most && total >= texts;
    });
  }

  /** Counts no longer the texts that `others` counts. */
  remove(others: TermCounts): void {
    this.#texts -= others.#texts;
    for (const [term, { texts, total }] of others.#frequencies) this.#change(term, -texts, -total);
  }

  /** The terms that the limits leave, by code points. */
  columns({ minDf, maxDf, maxFeatures, binary }: ColumnLimits): string[] {
    const least = this.#textsOf(minDf);
    const most = maxDf === undefined ? this.#texts : this.#textsOf(maxDf);
    const kept = this.sorted().filter(([, { texts }]) => texts >= least && texts <= most);
    const terms = kept.map(([term]) => term);
    if (maxFeatures === undefined || maxFeatures >= terms.length) return terms;
    const often = ([, { texts, total }]: (typeof kept)[number]) => (binary ? texts : total);
    const frequent = kept.sort((a, b) => often(b) - often(a)).slice(0, maxFeatures);
    return frequent.map(([term]) => term).sort(compareCodePoints);
  }

  /** A number of texts, or below 1 a share of them. */
  #textsOf(limit: number): number {
    return limit < 1 ? limit * this.#texts : limit;
  }

  #change(term: string, texts: number, total: number): void {
    const frequency = this.#frequencies.get(term);
    if (frequency === undefined) {
      this.#frequencies.set(term, { texts, total });
      return;
    }
    frequency.texts += texts;
    frequency.total += total;
    if (frequency.texts === 0) this.#frequencies.delete(term);
  }
}

/** Order of code points, as Python has it; that of JavaScript is of UTF-16 units, and differs beyond U+D7FF. */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    if (a.charCodeAt(i) !== b.charCodeAt(i)) return (a.codePointAt(i) as number) - (b.codePointAt(i) as number);
  }
  return a.length - b.length;
}
