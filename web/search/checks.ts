// Arguments that several calls of kinvec/search share.
import { checkInteger, invalid, typeName } from "../arguments.ts";
import type { IndexVector, ItemId } from "./index_vectors.ts";

/** Where the vectors of items are: a FlatIndex, a Map, or anything with their `get`. */
export interface VectorSource {
  get(id: ItemId): IndexVector | undefined;
}

/** A number within [least, most]. */
export function checkRange(value: unknown, name: string, most = 1, least = 0): void {
  if (typeof value !== "number") throw invalid(`${name} must be a number, not ${typeName(value)}`);
  if (!(value >= least && value <= most)) throw invalid(`${name} must be from ${least} to ${most}, not ${value}`);
}

export function checkTopK(value: unknown): void {
  checkInteger(value, "options.topK", 1, Number.MAX_SAFE_INTEGER);
}

export function checkFunction(value: unknown, name: string): void {
  if (value !== undefined && typeof value !== "function") {
    throw invalid(`${name} must be a function, not ${typeName(value)}`);
  }
}

/** What a function of the caller's makes of a text. */
export function checkTerms(terms: unknown, name: string, at?: number): readonly string[] {
  if (Array.isArray(terms) && terms.every((term) => typeof term === "string")) return terms;
  throw invalid(`${name} must answer an array of strings, not ${typeName(terms)}`, at);
}

/** The vectors of hits, by place. */
export function vectorsOf(hits: readonly { id: ItemId }[], source: VectorSource): IndexVector[] {
  if (!Array.isArray(hits)) throw invalid(`hits must be an array, not ${typeName(hits)}`);
  if (typeof source?.get !== "function") throw invalid(`vectors must be an index or a Map, not ${typeName(source)}`);
  return hits.map(({ id }, i) => {
    const vector = source.get(id);
    if (vector === undefined) throw invalid(`there is no vector of ${JSON.stringify(id)}`, i);
    return vector;
  });
}
