// The search of the front page: kinvec in a worker, an index of vectors that were made when the site was built. Nothing
// is loaded before openSearch() is called.
import type { Model } from "kinvec";
import type { FlatIndex } from "kinvec/search";
import modelUrl from "../../../../models/all-MiniLM-L6-v2.q8.gguf?url";
import vectorsUrl from "../../generated/passages.f32?url";

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
  const [{ load }, { createIndex }, { default: passages }] = await Promise.all([
    import("kinvec"),
    import("kinvec/search"),
    import("../../generated/passages.json"),
  ]);
  const model = await load(modelUrl, { workers: 1, signal, onProgress: ({ fraction }) => onProgress(fraction) });
  const { dimensions, binary } = model.info();
  const index = await createIndex({ dimensions });
  const response = await fetch(vectorsUrl, { signal });
  const rows = new Float32Array(await response.arrayBuffer());
  const vectors = passages.map((_, i) => rows.subarray(i * dimensions, (i + 1) * dimensions));
  index.add([...passages.keys()], vectors);
  return {
    binary,
    ask: (question) => answer(model, index, passages, question),
    dispose() {
      model.dispose();
      index.dispose();
    },
  };
}

async function answer(model: Model, index: FlatIndex, passages: Passage[], question: string): Promise<Answer> {
  const started = performance.now();
  const { vectors, tokenCounts } = await model.embed(question, { role: "query" });
  const embedded = performance.now();
  const found = index.search(vectors[0] as Float32Array, { topK: kHits });
  const searched = performance.now();
  return {
    hits: found.map(({ id, score }) => ({ passage: passages[id as number] as Passage, score })),
    tokens: tokenCounts[0] as number,
    embedMs: embedded - started,
    searchMs: searched - embedded,
  };
}
