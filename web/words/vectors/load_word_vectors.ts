// loadWordVectors(): a file of word vectors as it arrives, in any of the usual formats. Runs on any platform.
import { abortable, throwIfAborted } from "../../abort.ts";
import { checkInteger, checkOptions, checkWord, invalid, typeName } from "../../arguments.ts";
import { named } from "../../errors.ts";
import type { Platform } from "../../platform/platform.ts";
import { ProgressReporter } from "../../progress.ts";
import { isA } from "../../realms.ts";
import { ByteFeed } from "../../source/byte_feed.ts";
import { isFolder, resolveSource } from "../../source/resolve.ts";
import type { HuggingFaceFolder, LoadProgress, ModelSource } from "../../types.ts";
import { detectFormat, VECTOR_FORMATS, type VectorFormat } from "./files/detect_format.ts";
import { readFastText } from "./files/fasttext.ts";
import type { ReadVectors } from "./files/row_store.ts";
import { type InvalidUtf8, Vocabulary } from "./files/vocabulary.ts";
import { readWord2vecBinary } from "./files/word2vec_binary.ts";
import { readGlove, readWord2vecText } from "./files/word2vec_text.ts";
import { WordVectors } from "./word_vectors.ts";

/** Where word vectors and classifiers come from: as `ModelSource`, without folders. */
export type WordsSource = Exclude<ModelSource, HuggingFaceFolder>;

/** Options of every file that kinvec/words loads. */
export interface LoadWordsOptions {
  /** Called as the bytes arrive, for the last time with `fraction` 1. */
  onProgress?: ((progress: LoadProgress) => void) | undefined;
  /** Cancels the load: it rejects with ABORTED. */
  signal?: AbortSignal | undefined;
  /** Base for a relative URL; default: the page's address. */
  baseUrl?: string | URL | undefined;
}

/** Options of `loadWordVectors`. */
export interface LoadWordVectorsOptions extends LoadWordsOptions {
  /** The kind of file; default: found from its first bytes. */
  format?: VectorFormat | undefined;
  /** How many words at most are kept, the file's first ones, at least 1; default: all. */
  limit?: number | undefined;
  /**
   * What becomes of a word whose bytes are not valid UTF-8, as some files of word2vec have: it is an `error`, MODEL_FORMAT; the
   * wrong bytes are replaced by U+FFFD; or the word is left out. Default `"error"`.
   */
  invalidUtf8?: InvalidUtf8 | undefined;
}

const kReaders: Record<VectorFormat, (feed: ByteFeed, vocabulary: Vocabulary) => Promise<ReadVectors>> = {
  word2vec: readWord2vecText,
  "word2vec-binary": readWord2vecBinary,
  glove: readGlove,
  fasttext: readFastText,
};

/** The body of the public `loadWordVectors` of each entry point. */
export async function readWordVectors(
  platform: Platform,
  source: WordsSource,
  given?: LoadWordVectorsOptions,
): Promise<WordVectors> {
  const options = checkOptions(given);
  const { format, limit = Number.POSITIVE_INFINITY, invalidUtf8 = "error" } = options;
  checkWord(format, "options.format", VECTOR_FORMATS);
  checkWord(invalidUtf8, "options.invalidUtf8", ["error", "replace", "skip"]);
  checkInteger(options.limit, "options.limit", 1, Number.MAX_SAFE_INTEGER);
  return readFile(platform, source, options, async (feed, name) => {
    const vocabulary = new Vocabulary(limit, invalidUtf8);
    const read = kReaders[format ?? (await detectFormat(feed, name))];
    const { rows, dimensions, subwords } = await read(feed, vocabulary);
    return new WordVectors(vocabulary.words, rows.finish(), dimensions, subwords);
  });
}

/** Opens a source and has it read; what `read` leaves is not waited for. */
export async function readFile<T>(
  platform: Platform,
  source: WordsSource,
  { onProgress, signal, baseUrl }: LoadWordsOptions,
  read: (feed: ByteFeed, name: string) => Promise<T>,
): Promise<T> {
  if (baseUrl !== undefined && typeof baseUrl !== "string" && !isA(baseUrl, "URL")) {
    throw invalid(`options.baseUrl must be a string or URL, not ${typeName(baseUrl)}`);
  }
  throwIfAborted(signal);
  const progress = new ProgressReporter(onProgress);
  const opened = await resolveSource(platform, source, baseUrl);
  if (isFolder(opened)) throw invalid("source must be a file, not a folder");
  const body = await abortable(opened.open(signal), signal);
  const chunks = paced(body.chunks, platform.yieldToEventLoop);
  const feed = new ByteFeed({ ...body, chunks }, opened.name, signal, progress.download.bind(progress));
  try {
    const result = await read(feed, opened.name);
    progress.done();
    return result;
  } catch (error) {
    throw named(error, opened.name);
  } finally {
    void feed.cancel().catch(() => {});
  }
}

/** The same chunks; the event loop runs after each. */
async function* paced(chunks: AsyncIterable<Uint8Array>, pause: () => Promise<void>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    yield chunk;
    await pause();
  }
}
