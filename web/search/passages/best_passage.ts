// The sentence of a text that answers a query best.
import { checkOptions, checkText, invalid } from "../../arguments.ts";
import type { Model } from "../../model.ts";
import { similarity } from "../../similarity.ts";
import { checkSameModel, type EmbeddedVectors, type IndexVector, isEmbedded, onlyVector } from "../index_vectors.ts";
import { type Sentence, splitSentences } from "./split_sentences.ts";

/** Options of `bestPassage`. */
export interface PassageOptions {
  /** The language of the text, for `splitSentences`. */
  locale?: string | undefined;
  /** Cancels the call: it rejects with ABORTED. */
  signal?: AbortSignal | undefined;
}

/** A sentence of a text, and how similar it is to a query. */
export interface Passage extends Sentence {
  /** Cosine of its vector and the query's. */
  score: number;
}

/**
 * The sentence of a text that is most similar to a query; the first of equals. A text without any has none.
 *
 * @param query its text, or what `embed` answered of it with the role of a query
 * @throws KinvecError (as a rejection) INVALID_ARGUMENT, MODEL_MISMATCH, and as `embed`.
 *
 * @example
 * ```js
 * const passage = await bestPassage(model, "What do cats eat?", "Cats sleep a lot. The food of a cat is mostly meat.");
 * passage.text; // "The food of a cat is mostly meat."
 * ```
 */
export async function bestPassage(
  model: Pick<Model, "embed">,
  query: string | EmbeddedVectors,
  text: string,
  options?: PassageOptions,
): Promise<Passage | undefined> {
  const { signal, locale } = checkOptions(options);
  checkText(text);
  if (typeof query !== "string" && !isEmbedded(query)) throw invalid("query must be a string or what embed answered");
  const embedded = isEmbedded(query) ? query : await model.embed(query, { role: "query", truncation: "chunk", signal });
  const [passage] = await bestPassages(model, embedded, [text], { signal, locale });
  return passage;
}

/** As bestPassage, of many texts in one call of the model. */
export async function bestPassages(
  model: Pick<Model, "embed">,
  query: EmbeddedVectors,
  texts: readonly string[],
  { signal, locale }: PassageOptions,
): Promise<(Passage | undefined)[]> {
  const sentences = texts.map((text) => splitSentences(text, { locale }));
  const vector = onlyVector(query);
  const all = sentences.flat().map(({ text }) => text);
  const embedded = await model.embed(all, { role: "document", truncation: "chunk", dimensions: vector.length, signal });
  checkSameModel(query, embedded.fingerprint);
  let next = 0;
  return sentences.map((list) => bestOf(list, () => similarity(vector, embedded.vectors[next++] as IndexVector)));
}

function bestOf(sentences: readonly Sentence[], score: () => number): Passage | undefined {
  let best: Passage | undefined;
  for (const sentence of sentences) {
    const passage = { ...sentence, score: score() };
    if (!best || passage.score > best.score) best = passage;
  }
  return best;
}
