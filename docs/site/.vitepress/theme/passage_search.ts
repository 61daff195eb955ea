// The search of the front page: kinvec in a worker, an index that was made when the site was built. Nothing
// is loaded before openSearch() is called.
import type { Model } from "kinvec";
import type { FlatIndex } from "kinvec/search";
import modelUrl from "../../../../models/all-MiniLM-L6-v2.q8.gguf?url";
import indexUrl from "../../generated/passages.index?url";

export interface Passage {
  page: string;
  title: string;
  link: string;
  text: string;
}

export interface Answer {
  hits: { passage: Passage; score: number }[];
  tokens: number;
  embedMs: number;
  searchMs: number;
}

export interface PassageSearch {
  binary: string;
  ask(question: string): Promise<Answer>;
  dispose(): void;
}

const kHits = 5;

export async function openSearch(onProgress: (fraction: number) => void, signal: AbortSignal): Promise<PassageSearch> {
  const [{ load }, { loadIndex }, { default: passages }] = await Promise.all([
    import("kinvec"),
    import("kinvec/search"),
    import("../../generated/passages.json"),
  ]);
  const model = await load(modelUrl, { workers: 1, signal, onProgress: ({ fraction }) => onProgress(fraction) });
  const index = await loadIndex(indexUrl, { model, signal });
  return {
    binary: model.info().binary,
    ask: (question) => answer(model, index, passages, question),
    dispose() {
      model.dispose();
      index.dispose();
    },
  };
}

async function answer(model: Model, index: FlatIndex, passages: Passage[], question: string): Promise<Answer> {
  const started = performance.now();
  const embedded = await model.embed(question, { role: "query" });
  const begun = performance.now();
  const found = index.search(embedded, { topK: kHits });
  const searched = performance.now();
  return {
    hits: found.map(({ id, score }) => ({ passage: passages[id as number] as Passage, score })),
    tokens: embedded.tokenCounts[0] as number,
    embedMs: begun - started,
    searchMs: searched - begun,
  };
}
