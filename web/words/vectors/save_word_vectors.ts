// saveWordVectors(): word vectors as the bytes of a file that other tools read.
import { checkOptions, checkWord, invalid, typeName } from "../../arguments.ts";
import { KinvecError } from "../../errors.ts";
import { streamOf } from "../../source/piece_stream.ts";
import { concatenate } from "../../source/receive.ts";
import { VECTOR_FORMATS, type VectorFormat } from "./files/detect_format.ts";
import { GGUF_DTYPES, type GgufDtype } from "./files/gguf_layout.ts";
import { MOST_LINE_WORD_BYTES } from "./files/text_line.ts";
import { MOST_WORD_BYTES } from "./files/vocabulary.ts";
import { writeFastText } from "./files/write_fasttext.ts";
import { writeGguf } from "./files/write_gguf.ts";
import { writeBinary, writeText } from "./files/write_vectors.ts";
import { checkNumbers } from "./finite.ts";
import type { WordVectors } from "./word_vectors.ts";

/** Options of `saveWordVectors`. */
export interface SaveWordVectorsOptions {
  /**
   * The kind of file. Only `fasttext` and `gguf` keep sub-words; the others get the vectors that the words have by them. Only
   * `fasttext` keeps an output layer, in which a word that never occurred is saved as one that occurs once: gensim reads no
   * file with a count of 0. `gguf` takes a quarter of the bytes of the binary ones, or with `dtype: "q4"` a sixth,
   * and states a checksum.
   */
  format: VectorFormat;
  /**
   * How `gguf` stores rows: in 8 bits with a scale for each row (`q8`, default), or in 4 bits with a scale and a minimum for
   * each group of 32 numbers (`q4`).
   */
  dtype?: GgufDtype | undefined;
}

type Writer = (vectors: WordVectors, dtype: GgufDtype | undefined) => Generator<Uint8Array<ArrayBuffer>>;

const kWriters: Record<VectorFormat, Writer> = {
  word2vec: (vectors) => writeText(vectors, true),
  "word2vec-binary": writeBinary,
  glove: (vectors) => writeText(vectors, false),
  fasttext: writeFastText,
  gguf: writeGguf,
};

/** Rounding may add to a number: a larger one might no longer be finite. */
const kLargestRounded = 3e38;
// Half a character (a lone surrogate) has no UTF-8.
const kSpace = /^$|[ \n\r\t\v\f\0]|\p{Cs}/u;
/** Words that a format cannot hold. */
const kWrongWords: Record<VectorFormat, RegExp> = {
  word2vec: kSpace,
  "word2vec-binary": kSpace,
  glove: kSpace,
  fasttext: /\0|\p{Cs}/u,
  gguf: /\p{Cs}/u,
};
/** Longer ones are not read back. */
const kMostWordBytes: Record<VectorFormat, number> = {
  word2vec: MOST_LINE_WORD_BYTES,
  "word2vec-binary": MOST_WORD_BYTES,
  glove: MOST_LINE_WORD_BYTES,
  fasttext: MOST_WORD_BYTES,
  gguf: Number.POSITIVE_INFINITY,
};
const encoder = new TextEncoder();

/**
 * Word vectors as the bytes of a file: text or binary as word2vec has it, text as GloVe, or FastText's `.bin`, which
 * `loadWordVectors`, gensim and FastText read. The vectors read back are the same bit for bit, from text as well: each number
 * is written as the shortest decimal that is only its own. FastText has a row for every n-gram: those that have none here are
 * saved as zeros, by which vectors of unseen words get shorter, but point the same way. `gguf` is the package's own format,
 * of a quarter or a sixth of the size.
 *
 * @throws KinvecError INVALID_ARGUMENT, also for a word that the format cannot hold: one with white space, in FastText's a zero
 *   character, in any half a character, one of 65,536 bytes or more, as text of 1 MiB, which only `gguf` holds (`at` is its
 *   index), and for a number that is not finite, or in `gguf` beyond 3e38; OUT_OF_MEMORY where they do not fit in one array (see `saveWordVectorsStream`).
 *
 * @example
 * ```js
 * import { saveWordVectors } from "kinvec/words";
 * await writeFile("vectors.txt", saveWordVectors(vectors, { format: "word2vec" }));
 * ```
 */
export function saveWordVectors(vectors: WordVectors, options: SaveWordVectorsOptions): Uint8Array<ArrayBuffer> {
  const pieces = piecesOf(vectors, options);
  try {
    return concatenate([...pieces]);
  } catch (cause) {
    throw new KinvecError("OUT_OF_MEMORY", "no memory for the file in one piece; save it as a stream", { cause });
  }
}

/**
 * The same bytes as a stream, which makes them as they are read; those of `gguf`, which has its checksum in front, in one piece.
 *
 * @throws KinvecError INVALID_ARGUMENT, as `saveWordVectors`.
 *
 * @example
 * ```js
 * await saveWordVectorsStream(vectors, { format: "fasttext" }).pipeTo(await file.createWritable());
 * ```
 */
export function saveWordVectorsStream(
  vectors: WordVectors,
  options: SaveWordVectorsOptions,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  return streamOf(piecesOf(vectors, options));
}

function piecesOf(vectors: WordVectors, options: SaveWordVectorsOptions): Generator<Uint8Array<ArrayBuffer>> {
  // By shape, since a program may hold the package twice: as ES module and as CommonJS.
  if (typeof vectors?.nearest !== "function") throw invalid(`vectors must be WordVectors, not ${typeName(vectors)}`);
  const { format, dtype } = checkOptions(options);
  if (format === undefined) throw invalid("options.format is missing");
  checkWord(format, "options.format", VECTOR_FORMATS);
  checkWord(dtype, "options.dtype", GGUF_DTYPES);
  if (dtype !== undefined && format !== "gguf") throw invalid(`options.dtype is for "gguf", not "${format}"`);
  checkWords(vectors.words, format);
  checkNumbers(vectors, "vectors", format === "gguf" ? kLargestRounded : undefined);
  return kWriters[format](vectors, dtype);
}

function checkWords(words: readonly string[], format: VectorFormat): void {
  const wrong = kWrongWords[format];
  const most = kMostWordBytes[format];
  for (const [at, word] of words.entries()) {
    // A UTF-16 unit takes at most three bytes.
    const bytes = 3 * word.length > most ? encoder.encode(word).byteLength : 0;
    if (bytes > most) throw invalid(`words[${at}] has ${bytes} bytes, where the format holds words of ${most}`, at);
    if (wrong.test(word)) throw invalid(`the format cannot hold the word ${JSON.stringify(word)}`, at);
  }
}
