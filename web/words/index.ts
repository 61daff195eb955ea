// kinvec/words: words and texts as vectors without a language model, from one-hot upwards.

export type { ItemId } from "../search/index_vectors.ts";
export { Bm25, type Bm25Options, type Bm25SearchOptions, type WordHit } from "../search/words/bm25.ts";
export type { Span } from "../search/words/locate.ts";
export { splitWords, type Word } from "../search/words/split_words.ts";
export { OneHot } from "./counts/one_hot.ts";
export { denseRows, type SparseRows } from "./counts/sparse_rows.ts";
