// The sentence of each hit that answers best, with the words of the query in it.
import type { EmbeddedVectors } from "../index_vectors.ts";
import { bestPassages, type Passage } from "../passages/best_passage.ts";
import { type Sentence, splitSentences } from "../passages/split_sentences.ts";
import type { Bm25 } from "../words/bm25.ts";
import type { Span } from "../words/locate.ts";
import type { CollectionHit, CollectionModel } from "./collection_options.ts";
import type { Item } from "./items.ts";

/** Gives hits their passages: by meaning if there is a query's vector, else where most of its words are. */
export async function addPassages<T extends Item>(
  hits: readonly CollectionHit<T>[],
  text: string,
  words: Bm25,
  model: CollectionModel,
  query: EmbeddedVectors | undefined,
  signal: AbortSignal | undefined,
): Promise<CollectionHit<T>[]> {
  const texts = hits.map(({ item }) => item.text);
  const spans = texts.map((each) => words.locate(text, each));
  const passages: (Sentence | Passage | undefined)[] = query
    ? await bestPassages(model, query, texts, { signal })
    : texts.map((each, i) => fullest(splitSentences(each), spans[i] as Span[]));
  return hits.map((hit, i) => {
    const passage = passages[i];
    if (!passage) return hit;
    return { ...hit, passage: { ...passage, words: within(passage, spans[i] as Span[]) } };
  });
}

/** The sentence with the most spans, the first of equals. */
function fullest(sentences: readonly Sentence[], spans: readonly Span[]): Sentence | undefined {
  const count = (sentence: Sentence) => within(sentence, spans).length;
  return sentences.reduce<Sentence | undefined>((a, b) => (a && count(a) >= count(b) ? a : b), undefined);
}

function within({ start, end }: Span, spans: readonly Span[]): Span[] {
  return spans.filter((span) => span.start >= start && span.end <= end);
}
