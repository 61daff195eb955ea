// kinvec/words: words and texts as vectors without a language model, from one-hot upwards. In a page, worker or service worker;
// web/words/index.node.ts is its twin.
import { webPlatform } from "../platform/web.ts";
import { readTextClassifier } from "./classifier/load_text_classifier.ts";
import type { TextClassifier } from "./classifier/text_classifier.ts";
import type { LoadWordsOptions, WordsSource } from "./read_file.ts";
import { webWordsHost } from "./training/joint/web_host.ts";
import { openWordTraining } from "./training/train_word_vectors.ts";
import type { TrainingTexts, WordTrainingOptions } from "./training/types.ts";
import { type LoadWordVectorsOptions, readWordVectors } from "./vectors/load_word_vectors.ts";
import type { WordVectors } from "./vectors/word_vectors.ts";

export * from "./public.ts";

/**
 * Loads word vectors: files of word2vec, text (FastText's `.vec` among them) or binary, of GloVe, FastText's `.bin` and
 * `.ftz`, and the package's own, by URL, request, response, stream or bytes. They are read as they arrive and held once, 4
 * bytes a number, whatever the file has. With a `limit`, no more of a file is read than is needed, and no more held than
 * so many words and the rows of all n-grams, where there are any. Of a word that is there twice the first counts.
 *
 * @throws KinvecError (as a rejection) FETCH_FAILED, MODEL_FORMAT (`at` is the byte; the message names the line of a text),
 *   MODEL_VERSION, MODEL_HASH and UNSUPPORTED_DTYPE for a GGUF file, UNSUPPORTED_ARCHITECTURE for one of something else,
 *   INVALID_ARGUMENT, OUT_OF_MEMORY, ABORTED.
 *
 * @example
 * ```js
 * import { loadWordVectors } from "kinvec/words";
 * const vectors = await loadWordVectors("/models/glove.6B.100d.txt", { limit: 50_000 });
 * vectors.nearest("king", { topK: 3 });
 * ```
 */
export function loadWordVectors(source: WordsSource, options?: LoadWordVectorsOptions): Promise<WordVectors> {
  return readWordVectors(webPlatform, source, options);
}

/**
 * Loads a text classifier: a supervised model of FastText, `.bin` or `.ftz`, by URL, request, response, stream
 * or bytes. One that is quantised stays so in memory.
 *
 * @throws KinvecError (as a rejection) FETCH_FAILED, MODEL_FORMAT, MODEL_VERSION, UNSUPPORTED_ARCHITECTURE for a model that has
 *   no labels, INVALID_ARGUMENT, OUT_OF_MEMORY, ABORTED.
 *
 * @example
 * ```js
 * import { loadTextClassifier } from "kinvec/words";
 * const languages = await loadTextClassifier("/models/lid.176.ftz");
 * languages.predict("Wo ist der Bahnhof?"); // [{ label: "__label__de", probability: 0.98 }]
 * ```
 */
export function loadTextClassifier(source: WordsSource, options?: LoadWordsOptions): Promise<TextClassifier> {
  return readTextClassifier(webPlatform, source, options);
}

/**
 * Trains word vectors on texts of one's own: Word2Vec (Mikolov et al., 2013), FastText (Bojanowski et al., 2017), which gives
 * words that it has never seen a vector as well, or GloVe (Pennington, Socher and Manning, 2014). Options have the reference
 * implementations' names and, but for some, their defaults. The same texts, options and seed give the same bits on every machine.
 * The event loop runs between the steps; for much text, train in a worker of your own.
 *
 * `initial` goes on from vectors that are there already, as gensim's `build_vocab(update=True)` does.
 * With `onCheckpoint` and `resume` a training can be put away and taken up again. With `workers` several train together: of
 * much text faster, nearly as good, and with the same bits for the same number of them.
 *
 * The texts are held as 4 bytes a word while they are trained on, and twice the vectors' memory is needed; with GloVe 8 bytes,
 * four times the vectors' memory, and up to `maxMemory` for pairs of words.
 *
 * @throws KinvecError (as a rejection) INVALID_ARGUMENT, also if no word occurs `minCount` times, DIMENSION_MISMATCH where
 *   `initial` has other dimensions, MODEL_FORMAT, MODEL_VERSION or MODEL_HASH where `resume` is no checkpoint or damaged,
 *   OUT_OF_MEMORY, ABORTED, FETCH_FAILED, ENGINE_LOST if a worker stops.
 *
 * @example
 * ```js
 * import { trainWordVectors } from "kinvec/words";
 * const vectors = await trainWordVectors(lines, { method: "fasttext", epochs: 10 });
 * vectors.nearest("tea", { topK: 3 });
 * ```
 */
export function trainWordVectors(texts: TrainingTexts, options?: WordTrainingOptions): Promise<WordVectors> {
  return openWordTraining(webPlatform, webWordsHost, texts, options);
}
