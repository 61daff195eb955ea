// loadTextClassifier(): a supervised model of FastText as it arrives. Runs on any platform.
import { checkOptions } from "../../arguments.ts";
import { KinvecError } from "../../errors.ts";
import type { Platform } from "../../platform/platform.ts";
import type { ByteFeed } from "../../source/byte_feed.ts";
import { type LoadWordsOptions, readFile, type WordsSource } from "../read_file.ts";
import { readDictionary, readSettings, wrong } from "../vectors/files/fasttext_header.ts";
import { checkShape, readFlag, readQuantizedMatrix } from "../vectors/files/fasttext_matrix.ts";
import { DenseMatrix, type Matrix } from "../vectors/files/matrix.ts";
import { RowStore } from "../vectors/files/row_store.ts";
import { MOST_LABEL_COUNT } from "./label_tree.ts";
import { TextClassifier } from "./text_classifier.ts";

/** The body of the public `loadTextClassifier` of each entry point. */
export async function readTextClassifier(
  platform: Platform,
  source: WordsSource,
  options?: LoadWordsOptions,
): Promise<TextClassifier> {
  return readFile(platform, source, checkOptions(options), readClassifier);
}

async function readClassifier(feed: ByteFeed): Promise<TextClassifier> {
  const settings = await readSettings(feed);
  if (settings.model !== "supervised") {
    const message = `the model has word vectors and no labels (${settings.model}); loadWordVectors reads it`;
    throw new KinvecError("UNSUPPORTED_ARCHITECTURE", message);
  }
  const words = new Map<string, number>();
  const labels: { name: string; count: number }[] = [];
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const dictionary = await readDictionary(feed, settings, {
    // A word that is not valid UTF-8 keeps its row, which no text asks for.
    word: (bytes, _at, row) => words.set(decoder.decode(bytes), row),
    label: (bytes, at, count) => {
      if (!(count >= 0 && count < MOST_LABEL_COUNT)) throw wrong(`a label cannot occur ${count} times`, at);
      labels.push({ name: decoder.decode(bytes), count });
    },
  });
  if (labels.length === 0) throw wrong("the model has no labels", feed.position);
  const { dimensions } = settings;
  const isQuantized = await readFlag(feed);
  const input = await readMatrix(feed, dictionary.words + dictionary.bucketRows, dimensions, isQuantized);
  const output = await readMatrix(feed, labels.length, dimensions, (await readFlag(feed)) && isQuantized);
  return new TextClassifier({ settings, words, labels, dictionary, input, output });
}

async function readMatrix(feed: ByteFeed, count: number, columns: number, isQuantized: boolean): Promise<Matrix> {
  if (isQuantized) return readQuantizedMatrix(feed, count, columns);
  await checkShape(feed, count, columns);
  const rows = new RowStore(columns, feed.announces(4 * count * columns) ? count : 0);
  await rows.read(feed, count);
  return new DenseMatrix(rows.finish(), columns);
}
