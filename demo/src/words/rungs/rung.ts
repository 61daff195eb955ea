// What all rungs can do, and what is made of it: nearest words of a text, analogies, how alike words are.

export interface Hit {
  word: string;
  /** Cosine, -1 to 1. */
  score: number;
}

/** Words with vectors of length 1. */
export interface Rung {
  /** Whether a single word has a vector of its own. */
  has(word: string): boolean;
  /** [dimensions] of length 1; undefined for a word that has none. */
  unit(word: string): Float32Array | undefined;
  /** The words whose vectors are most like this one, best first. @param query [dimensions] */
  best(query: Float32Array, count: number, excluded: ReadonlySet<string>): Hit[];
  /** [n, n] the cosine of each pair of words, all of which have vectors. */
  cosines(words: readonly string[]): Float32Array;
}

/** A text's vector, and what of the text it was made from. */
export interface TextVector {
  /** [dimensions] undefined if nothing in the text has a vector. */
  vector: Float32Array | undefined;
  /** Its words, those without a vector among them. */
  terms: string[];
  /** Words that count for nothing, since they have no vector. */
  missing: string[];
  /** Words whose vectors were put together from pieces, since they stood in no text. */
  built: string[];
}

export interface Nearest {
  hits: Hit[];
  missing: string[];
  built: string[];
}

/** Changes a vector to length 1; zeros stay. */
export function toUnit(vector: Float32Array): Float32Array {
  let squares = 0;
  for (const value of vector) squares += value * value;
  const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
  return vector.map((value) => value * scale);
}

/** sum(weights[i] * vectors[i]), of length 1. */
export function combined(vectors: readonly Float32Array[], weights: readonly number[]): Float32Array {
  const sum = new Float32Array(vectors[0]?.length ?? 0);
  for (const [i, vector] of vectors.entries()) {
    const weight = weights[i] as number;
    for (let d = 0; d < sum.length; d++) (sum[d] as number) += weight * (vector[d] as number);
  }
  return toUnit(sum);
}

/** A text as the mean of its words' vectors of length 1. */
export function meanOfWords(rung: Rung, terms: string[]): TextVector {
  const units = terms.map((term) => rung.unit(term));
  const known = units.filter((unit) => unit !== undefined);
  return {
    vector: known.length > 0 ? combined(known, Array(known.length).fill(1)) : undefined,
    terms,
    missing: terms.filter((_, i) => units[i] === undefined),
    built: terms.filter((term, i) => units[i] !== undefined && !rung.has(term)),
  };
}

export function nearestOf(rung: Rung, { vector, terms, missing, built }: TextVector, count: number): Nearest {
  return { hits: vector ? rung.best(vector, count, new Set(terms)) : [], missing, built };
}

/** a is to b as c is to which? By b - a + c (Mikolov et al., 2013); the given words are left out. */
export function analogyOf(rung: Rung, given: readonly [TextVector, TextVector, TextVector], count: number): Nearest {
  const [a, b, c] = given;
  const hits =
    a.vector && b.vector && c.vector
      ? rung.best(
          combined([b.vector, a.vector, c.vector], [1, -1, 1]),
          count,
          new Set(given.flatMap(({ terms }) => terms)),
        )
      : [];
  return { hits, missing: given.flatMap(({ missing }) => missing), built: given.flatMap(({ built }) => built) };
}
