// Options of trainWordVectors().
import type { WasmOptions } from "../../types.ts";
import type { WordVectors } from "../vectors/word_vectors.ts";

/** Texts to train on, each a sentence or a line: as it is written, or as a list of its words. */
export type TrainingTexts = Iterable<string | readonly string[]> | AsyncIterable<string | readonly string[]>;

/** Progress of a training; `fraction` runs from 0 to exactly 1 and never falls. */
export interface WordTrainingProgress {
  /** `read` while texts are taken in; `count` while `glove` counts pairs of words; `train` while vectors are learnt. */
  stage: "read" | "count" | "train";
  /** Texts read so far. */
  texts: number;
  /** Words of the vocabulary trained on so far, those of all epochs together. */
  words: number;
  /** Such words a second; 0 until there are some. */
  wordsPerSecond: number;
  /**
   * Mean loss of a prediction since the last call, in nats; with `glove` the mean cost of a pair, half its weighted squared
   * error. 0 until there are some.
   */
  loss: number;
  /** Share of the whole work done, 0 to 1. */
  fraction: number;
}

/** A look at the vectors while they are learnt, to draw them for example; good while `onProgress` is called. */
export interface WordTrainingView {
  /** The words that get vectors, most frequent first; none while texts are read. */
  readonly words: readonly string[];
  /**
   * A copy of the word's vector as far as it has come, not normalised, `[dimensions]`; undefined for a word that gets none.
   *
   * @throws KinvecError INVALID_ARGUMENT if it is no string.
   */
  vector(word: string): Float32Array | undefined;
}

/** Options of `trainWordVectors`. */
export interface WordTrainingOptions {
  /**
   * `word2vec`: a vector for each word, the default. `fasttext`: with sub-words, which make up vectors of unseen words as well.
   * `glove`: pairs of near words are counted, and the counts learnt from; a vector is the sum of the word's vectors as a word and
   * as a neighbour.
   */
  method?: "word2vec" | "fasttext" | "glove" | undefined;
  /**
   * Not with `glove`. `skipgram`: a word predicts each of its neighbours; the default. `cbow`: the mean of the neighbours predicts
   * the word; with `word2vec` two to three times as fast.
   */
  architecture?: "skipgram" | "cbow" | undefined;
  /** Not with `glove`. `negative-sampling`, the default, or `hierarchical-softmax`. */
  loss?: "negative-sampling" | "hierarchical-softmax" | undefined;
  /**
   * Not with `glove`. Vectors to go on from, loaded or trained before: of your texts' words they are trained on, of others they
   * stay as they are, and words that only your texts have are added behind. Their `output`, if they have one, is trained on as
   * well. `method`, `dimensions`, `minn`, `maxn` and `buckets` are then theirs by default, and can be no others; with an
   * output layer so is `architecture`, and `loss` is negative sampling.
   */
  initial?: WordVectors | undefined;
  /**
   * With negative sampling, not with `glove`: the vectors keep the output layer, by which they can be trained on as well as if
   * the training had never stopped; as much memory again. Default false.
   */
  keepOutput?: boolean | undefined;
  /** Length of the vectors, 1 to 4096; default 100. */
  dimensions?: number | undefined;
  /**
   * Most neighbours to either side, 1 to 1000; for each word a number up to it is drawn by chance. Default 5. With `glove` all of
   * them count, by 1 / distance; default 15.
   */
  window?: number | undefined;
  /** A word must occur as often to get a vector, and is left out otherwise; default 5. */
  minCount?: number | undefined;
  /** Most words that get a vector, the most frequent; default: no limit. */
  maxWords?: number | undefined;
  /** With negative sampling: words drawn by chance to set against each that did occur, 1 to 100; default 5. */
  negative?: number | undefined;
  /**
   * Not with `glove`. Share of the texts from which on a word's occurrences are left out now and then, 0 for never; default 1e-3.
   */
  subsample?: number | undefined;
  /** How many times the texts, with `glove` the counts, are gone through; default 5, with `glove` 25. */
  epochs?: number | undefined;
  /**
   * Size of the first steps, 0 to 1; default 0.025, for `cbow`, `fasttext` and `glove` 0.05. With `glove` each
   * number's steps then get shorter by themselves (AdaGrad).
   */
  learningRate?: number | undefined;
  /** Not with `glove`. Size of the last steps, to which it falls in a straight line; default 0.0001. */
  minLearningRate?: number | undefined;
  /** With `fasttext`: characters of the shortest sub-word, 1 to 20; default 3. */
  minn?: number | undefined;
  /** With `fasttext`: characters of the longest, at least `minn` and at most 20; default 6. */
  maxn?: number | undefined;
  /** With `fasttext`: how many numbers the sub-words' hashes are shortened to; default 2,000,000. Those that occur have a vector. */
  buckets?: number | undefined;
  /**
   * With `glove`: the count from which on a pair of words has its whole weight, 0 to 1e9; default 100. Fewer, such as 10, suit
   * less text.
   */
  xMax?: number | undefined;
  /** With `glove`: below `xMax` a pair has the weight (count / `xMax`) to the power of this, 0 to 1; default 0.75. */
  alpha?: number | undefined;
  /**
   * With `glove`: bytes that counted pairs may take, 2^20 to 2^32 - 1; default 2^29, which is 44 million pairs. Where there are
   * more, parts of them are counted one after the other, and in every epoch anew; it takes longer, but no more memory, save for a
   * single word's pairs.
   */
  maxMemory?: number | undefined;
  /** The same texts, options and seed give the same bits everywhere, 0 to 2^32 - 1; default 1. */
  seed?: number | undefined;
  /**
   * Workers that train together, 1 to 16; default 1: none but the thread that calls. Each has a part of the texts and vectors of
   * its own, which are brought together every few ten thousand words: faster where there is much text, nearly as good, and the same
   * bits for the same number of them. Not with `glove`, hierarchical softmax, `initial`, `onCheckpoint` or `resume`.
   */
  workers?: number | undefined;
  /** Address of the workers' script, where it is not beside the package's other files. */
  workerUrl?: string | URL | undefined;
  /** Splits a text into words; default: in lower case, at white space. Words must have no U+0000; empty ones are left out. */
  tokenizer?: ((text: string) => readonly string[]) | undefined;
  /**
   * Called as the work proceeds, for the last time with `fraction` 1. What it returns is awaited: with a promise the training
   * pauses. `false` ends it early; the vectors are then as far as they have come. The second argument looks at them on the way.
   */
  onProgress?: ((progress: WordTrainingProgress, view: WordTrainingView) => unknown) | undefined;
  /**
   * Called now and then with the training as bytes, by which `resume` takes it up again, and once more if `onProgress` ends it;
   * not while texts are read or pairs counted. What it returns is awaited. They are about as many as the training takes memory
   * for vectors.
   */
  onCheckpoint?: ((checkpoint: Uint8Array<ArrayBuffer>) => unknown) | undefined;
  /** Seconds from one call of `onCheckpoint` to the next, 0 for one after each step of some 20 milliseconds; default 60. */
  checkpointEvery?: number | undefined;
  /**
   * A checkpoint to go on from, with the same texts and options as before: the outcome is bit for bit that of a training that was
   * never interrupted. Progress is then reported from there; with `glove` it starts anew, since pairs are counted again.
   */
  resume?: Uint8Array | undefined;
  /** Cancels the training: it rejects with ABORTED. */
  signal?: AbortSignal | undefined;
  /** Own WebAssembly binaries, as in `load`. */
  wasm?: WasmOptions | undefined;
}
