// What kinvec/search offers besides indexes: pieces of a search that can be used alone, and need no engine.

export type { VectorSource } from "./checks.ts";
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
export { splitWords, type Word } from "./words/split_words.ts";
