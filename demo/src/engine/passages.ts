// The sentence of a description that answers a query: by its meaning, or by its words while there is no model.
import type { Model } from "kinvec";
import { bestPassage, splitSentences, splitWords } from "kinvec/search";
import { queryWords } from "./word_search.ts";

const MOST_TEXT = 2400; // characters: what a description says first is what the program is

const LEAST_COSINE = 0.25; // below, the sentence says nothing about the query

/** The beginning of a text, up to the end of a word. */
const beginning = (text: string) => (text.length <= MOST_TEXT ? text : text.slice(0, MOST_TEXT).replace(/\s\S*$/, ""));

/** The sentence with the most words of a query, if any has one. */
export function passageByWords(query: string, text: string): string | undefined {
  const wanted = new Set(splitWords(queryWords(query).join(" ")).map(({ term }) => term));
  let best: string | undefined;
  let most = 0;
  for (const sentence of splitSentences(beginning(text))) {
    const found = new Set(splitWords(sentence.text).map(({ term }) => term));
    const count = Array.from(wanted).filter((term) => found.has(term)).length;
    if (count > most) [most, best] = [count, sentence.text];
  }
  return best;
}

export async function passageByMeaning(
  model: Model,
  query: Awaited<ReturnType<Model["embed"]>>,
  text: string,
): Promise<string | undefined> {
  const passage = text ? await bestPassage(model, query, beginning(text)) : undefined;
  return passage && passage.score >= LEAST_COSINE ? passage.text : undefined;
}
