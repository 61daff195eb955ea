// What both twins of kinvec/search offer besides the functions that need a platform.

export type { VectorSource } from "./checks.ts";
export type { Collection } from "./collection/collection.ts";
export type {
  AddOptions,
  CollectionHit,
  CollectionModel,
  CollectionOptions,
  CollectionSearchOptions,
  HitPassage,
  LoadCollectionOptions,
  SearchBy,
} from "./collection/collection_options.ts";
export type { AnyItem, Item } from "./collection/items.ts";
export type { Condition, FieldFilter, Scalar, Where } from "./collection/where.ts";
export { bestPassage, type Passage, type PassageOptions } from "./passages/best_passage.ts";
export { type Sentence, type SentenceOptions, splitSentences } from "./passages/split_sentences.ts";
export {
  type Background,
  type CalibratedIndex,
  type CalibrateOptions,
  type Calibration,
  calibrate,
} from "./ranking/calibrate.ts";
export { type DiversifyOptions, diversify } from "./ranking/diversify.ts";
export { type FusedHit, type FuseOptions, fuseRanks } from "./ranking/fuse_ranks.ts";
export { type GroupOptions, groupDuplicates } from "./ranking/group_duplicates.ts";
export { Bm25, type Bm25Options, type Bm25SearchOptions, type WordHit } from "./words/bm25.ts";
export type { Span } from "./words/locate.ts";
export { splitWords, type Word } from "./words/split_words.ts";
