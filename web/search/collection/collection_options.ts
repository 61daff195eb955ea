// Options of a collection and of its searches, and what comes of them.
import { checkBoolean, checkOptions, checkWord, invalid, typeName } from "../../arguments.ts";
import type { Model } from "../../model.ts";
import { checkRange, checkTopK } from "../checks.ts";
import type { IndexOptions, LoadIndexOptions } from "../index_options.ts";
import type { ItemId } from "../index_vectors.ts";
import type { Sentence } from "../passages/split_sentences.ts";
import type { Bm25Options } from "../words/bm25.ts";
import type { Span } from "../words/locate.ts";
import type { Item } from "./items.ts";
import { compileWhere, type Where } from "./where.ts";

/** A model as a collection needs it: `load` answers one, and anything with these two methods is one. */
export type CollectionModel = Pick<Model, "embed" | "info">;

/** Options of `createCollection`. */
export interface CollectionOptions extends Pick<IndexOptions, "precision" | "rescore" | "wasm" | "binary"> {
  /** Makes the vectors of texts and queries. It stays the caller's, to be disposed of after the collection. */
  model: CollectionModel;
  /** How words are found and weighed. */
  words?: Bm25Options | undefined;
}

/** Options of `loadCollection`. */
export interface LoadCollectionOptions
  extends Pick<LoadIndexOptions, "signal" | "onProgress" | "baseUrl" | "wasm" | "binary"> {
  /** The model that the collection was made with, or another with the same fingerprint. */
  model: CollectionModel;
  /** `analyze` must be given again if the collection was made with it; `k1` and `b` are as saved unless given. */
  words?: Bm25Options | undefined;
}

/** Options of `add` and `upsert` of a collection. */
export interface AddOptions {
  /** Called with the number of texts embedded so far. */
  onProgress?: ((progress: { done: number; total: number }) => void) | undefined;
  /** Cancels the call: it rejects with ABORTED and nothing is added. */
  signal?: AbortSignal | undefined;
}

/** What a collection is searched by: the meaning of the query, its words, or both. */
export type SearchBy = "both" | "meaning" | "words";

/** Options of `search` of a collection. */
export interface CollectionSearchOptions<T extends Item = Item> {
  /** How many hits at most, at least 1; default 10. */
  topK?: number | undefined;
  /**
   * By `"meaning"`, by `"words"`, or by `"both"` (the default): the two rankings are merged by `fuseRanks`. By words
   * alone, the model is not asked.
   */
  by?: SearchBy | undefined;
  /** Which items may be hits: conditions on their fields, or a function; default: all. */
  where?: Where<T> | undefined;
  /** How different the hits are to be from each other, 0 (the default) to 1, as for `diversify`. */
  diversity?: number | undefined;
  /** Puts hits that say nearly the same under the first of them; a number is the cosine from which on. Default false. */
  groupDuplicates?: boolean | number | undefined;
  /** Finds the sentence of each hit that answers best. The model is asked once more for the hits' sentences. Default false. */
  passages?: boolean | undefined;
  /** Leaves out hits of less `confidence`, 0 to 1, as `calibrate` defines it; default 0. Not by words alone. */
  minConfidence?: number | undefined;
  /** Cancels the call: it rejects with ABORTED. */
  signal?: AbortSignal | undefined;
}

/** The sentence of a hit that answers best, and where it stands in the item's text. */
export interface HitPassage extends Sentence {
  /** Cosine of its vector and the query's; absent in a search by words alone, where it has the most of them. */
  score?: number;
  /** Where the words of the query stand in it: `item.text.slice(start, end)`, in UTF-16 units. */
  words: Span[];
}

/** One result of a search of a collection. */
export interface CollectionHit<T extends Item = Item> {
  id: ItemId;
  /** What hits are ordered by: a cosine by meaning, a BM25 score by words, the sum of `fuseRanks` by both. */
  score: number;
  item: T;
  /** Dot product of the query's vector and the item's; absent in a search by words alone. */
  meaning?: number;
  /** BM25 score, where the item has a word of the query; absent in a search by meaning alone. */
  words?: number;
  /**
   * How sure one can be that the item has to do with the query, 0 to 1, by its meaning, as `calibrate` defines it. Absent
   * in a search by words alone.
   */
  confidence?: number;
  /** With `passages`, if the text has a sentence. */
  passage?: HitPassage;
  /** With `groupDuplicates`: the hits that say nearly the same. */
  duplicates?: CollectionHit<T>[];
}

/** What a search does. */
export interface CollectionSearch<T extends Item> {
  topK: number;
  by: SearchBy;
  where: ((item: T) => boolean) | undefined;
  diversity: number;
  /** The cosine of duplicates; undefined: they are not grouped. */
  duplicates: number | undefined;
  passages: boolean;
  minConfidence: number;
  signal: AbortSignal | undefined;
}

const kDuplicates = 0.95;

export function checkModel(model: unknown): CollectionModel {
  const { embed, info } = (model ?? {}) as Partial<CollectionModel>;
  if (typeof embed === "function" && typeof info === "function") return model as CollectionModel;
  throw invalid(`options.model must be a model, not ${typeName(model)}`);
}

export function checkCollectionSearch<T extends Item>(
  given: CollectionSearchOptions<T> | undefined,
): CollectionSearch<T> {
  const options = checkOptions(given);
  const { topK = 10, by = "both", diversity = 0, passages = false, minConfidence = 0, signal } = options;
  checkTopK(topK);
  checkWord(by, "options.by", ["both", "meaning", "words"]);
  checkRange(diversity, "options.diversity");
  checkBoolean(passages, "options.passages");
  checkRange(minConfidence, "options.minConfidence");
  if (by === "words" && minConfidence > 0) throw invalid("options.minConfidence needs a search by meaning or by both");
  const duplicates = duplicatesOf(options.groupDuplicates);
  return { topK, by, where: compileWhere(options.where), diversity, duplicates, passages, minConfidence, signal };
}

function duplicatesOf(given: boolean | number | undefined): number | undefined {
  if (typeof given === "boolean" || given === undefined) return given ? kDuplicates : undefined;
  checkRange(given, "options.groupDuplicates");
  return given;
}
