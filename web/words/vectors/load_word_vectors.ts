// loadWordVectors(): a file of word vectors as it arrives, in any of the usual formats. Runs on any platform.
import { checkBoolean, checkInteger, checkOptions, checkWord } from "../../arguments.ts";
import type { Platform } from "../../platform/platform.ts";
import type { ByteFeed } from "../../source/byte_feed.ts";
import { type LoadWordsOptions, readFile, type WordsSource } from "../read_file.ts";
import { detectFormat, VECTOR_FORMATS, type VectorFormat } from "./files/detect_format.ts";
import { readFastText } from "./files/fasttext.ts";
import { readGguf } from "./files/read_gguf.ts";
import type { ReadVectors } from "./files/row_store.ts";
import { type InvalidUtf8, Vocabulary } from "./files/vocabulary.ts";
import { readWord2vecBinary } from "./files/word2vec_binary.ts";
import { readGlove, readWord2vecText } from "./files/word2vec_text.ts";
import { WordVectors } from "./word_vectors.ts";

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
  /**
   * Whether a FastText `.bin` that was trained with negative sampling keeps its output layer, by which `trainWordVectors` goes on
   * from it; as much memory again as the words' rows take. Default false.
   */
  keepOutput?: boolean | undefined;
}

type Reader = (feed: ByteFeed, vocabulary: Vocabulary, keepsOutput: boolean) => Promise<ReadVectors>;

const kReaders: Record<VectorFormat, Reader> = {
  word2vec: readWord2vecText,
  "word2vec-binary": readWord2vecBinary,
  glove: readGlove,
  fasttext: readFastText,
  gguf: readGguf,
};

/** The body of the public `loadWordVectors` of each entry point. */
export async function readWordVectors(
  platform: Platform,
  source: WordsSource,
  given?: LoadWordVectorsOptions,
): Promise<WordVectors> {
  const options = checkOptions(given);
  const { format, limit = Number.POSITIVE_INFINITY, invalidUtf8 = "error", keepOutput = false } = options;
  checkWord(format, "options.format", VECTOR_FORMATS);
  checkWord(invalidUtf8, "options.invalidUtf8", ["error", "replace", "skip"]);
  checkBoolean(keepOutput, "options.keepOutput");
  checkInteger(options.limit, "options.limit", 1, Number.MAX_SAFE_INTEGER);
  return readFile(platform, source, options, async (feed, name) => {
    const vocabulary = new Vocabulary(limit, invalidUtf8);
    const read = kReaders[format ?? (await detectFormat(feed, name))];
    const { rows, dimensions, subwords, output } = await read(feed, vocabulary, keepOutput);
    return new WordVectors(vocabulary.words, rows.finish(), dimensions, subwords, output);
  });
}
