// What both twins of kinvec/words offer besides the functions that need a platform.

export type { ItemId } from "../search/index_vectors.ts";
export { Bm25, type Bm25Options, type Bm25SearchOptions, type WordHit } from "../search/words/bm25.ts";
export type { Span } from "../search/words/locate.ts";
export { splitWords, type Word } from "../search/words/split_words.ts";
export type { LabelHit, PredictOptions, TextClassifier } from "./classifier/text_classifier.ts";
export type { CountOptions } from "./counts/count_options.ts";
export { CountVectorizer } from "./counts/count_vectorizer.ts";
export type { CountsJson } from "./counts/counts_json.ts";
export { OneHot } from "./counts/one_hot.ts";
export { type NearestRowsOptions, type NearRow, nearestRows, sparseCosine, sparseDot } from "./counts/sparse_math.ts";
export { denseRows, type SparseRows, type SparseVector, sparseRow } from "./counts/sparse_rows.ts";
export type { TfidfOptions, WeightSettings } from "./counts/tfidf_options.ts";
export { type TfidfJson, TfidfVectorizer } from "./counts/tfidf_vectorizer.ts";
export type { LoadWordsOptions, WordsSource } from "./read_file.ts";
export type { TrainingTexts, WordTrainingOptions, WordTrainingProgress } from "./training/types.ts";
export type { VectorFormat } from "./vectors/files/detect_format.ts";
export type { InvalidUtf8 } from "./vectors/files/vocabulary.ts";
export type { LoadWordVectorsOptions } from "./vectors/load_word_vectors.ts";
export type { OutputLayer } from "./vectors/output_layer.ts";
export { type SaveWordVectorsOptions, saveWordVectors, saveWordVectorsStream } from "./vectors/save_word_vectors.ts";
export type { SubwordSettings } from "./vectors/subwords.ts";
export { type AnalogyOptions, type NearestOptions, type WordNeighbor, WordVectors } from "./vectors/word_vectors.ts";
