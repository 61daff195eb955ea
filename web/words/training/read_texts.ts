// The texts of a training, in batches as the engine takes them: in one string, a U+0000 after each word and another after
// each text.
import { throwIfAborted } from "../../abort.ts";
import { invalid, typeName } from "../../arguments.ts";
import type { TrainingTexts } from "./types.ts";

type Tokenizer = (text: string) => readonly string[];

export interface TextBatch {
  texts: string;
  count: number;
}

const kMostTexts = 4096;
const kMostUnits = 1 << 18; // UTF-16 units; a single longer text is a batch of its own

// As FastText, which takes U+0000 for white space as well.
const kSpaces = /[\s\0]+/;
const splitAtSpaces: Tokenizer = (text) => text.toLowerCase().split(kSpaces);

export function checkTrainingTexts(texts: unknown): void {
  const isIterable =
    typeof texts === "object" && texts !== null && (Symbol.iterator in texts || Symbol.asyncIterator in texts);
  if (!isIterable) throw invalid(`texts must be an iterable of strings or lists of words, not ${typeName(texts)}`);
}

/** Throws INVALID_ARGUMENT with the index of a text that is none. */
export async function* batchesOf(
  texts: TrainingTexts,
  tokenizer: Tokenizer = splitAtSpaces,
  signal: AbortSignal | undefined,
): AsyncGenerator<TextBatch> {
  let batch: TextBatch = { texts: "", count: 0 };
  let index = 0;
  for await (const text of texts) {
    throwIfAborted(signal);
    const words = wordsOf(text, tokenizer, index++);
    batch.texts += words.length > 0 ? `${words.join("\0")}\0\0` : "";
    batch.count++;
    if (batch.count < kMostTexts && batch.texts.length < kMostUnits) continue;
    yield batch;
    batch = { texts: "", count: 0 };
  }
  if (batch.count > 0) yield batch;
}

function wordsOf(text: unknown, tokenizer: Tokenizer, index: number): string[] {
  const isText = typeof text === "string";
  if (!isText && !Array.isArray(text)) {
    throw invalid(`texts[${index}] must be a string or a list of words, not ${typeName(text)}`, index);
  }
  const words: readonly unknown[] = isText ? tokenizer(text) : text;
  const name = isText ? `options.tokenizer(texts[${index}])` : `texts[${index}]`;
  if (!Array.isArray(words)) throw invalid(`${name} must be an array of words, not ${typeName(words)}`, index);
  return words.filter((word, i) => {
    if (typeof word !== "string") throw invalid(`${name}[${i}] must be a string, not ${typeName(word)}`, index);
    if (word.includes("\0")) throw invalid(`${name}[${i}] has a U+0000`, index);
    return word !== "";
  });
}
