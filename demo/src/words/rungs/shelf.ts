// All rungs by name, each made when it is first asked for; and texts as vectors of any of them.
import type { Model } from "kinvec";
import { loadWordVectors, type SubwordSettings, WordVectors } from "kinvec/words";
import { loadModel } from "../../search/load_model.ts";
import { loadKept } from "../../search/model_cache.ts";
import { CountRung } from "./count_rung.ts";
import { DenseRung } from "./dense_rung.ts";
import { loadEntries } from "./entries.ts";
import { meanOfWords, type Rung, type TextVector, toUnit } from "./rung.ts";
import { type FileRung, isModelRung, type ModelRung, type RungKey } from "./rungs.ts";
import { termsOf } from "./terms.ts";

export interface ShelfUrls {
  vectors: Record<FileRung, string>;
  models: Record<ModelRung, string>;
  /** The entries of WordNet that the page counts and learns from, one a line. */
  entries: string;
}

/** What a training gives, as it comes from another worker. */
export interface OwnVectors {
  words: readonly string[];
  rows: Float32Array;
  dimensions: number;
  subwords: SubwordSettings | undefined;
}

export class Shelf {
  readonly #urls: ShelfUrls;
  readonly #onProgress: (rung: ModelRung, fraction: number) => void;
  readonly #rungs = new Map<RungKey, Promise<Rung>>();
  readonly #models = new Map<ModelRung, Promise<Model>>();

  /** @param onProgress of the models' bytes, 0 to 1 */
  constructor(urls: ShelfUrls, onProgress: (rung: ModelRung, fraction: number) => void) {
    this.#urls = urls;
    this.#onProgress = onProgress;
  }

  rung(key: RungKey): Promise<Rung> {
    return keepUnlessItFails(this.#rungs, key, () => this.#make(key));
  }

  model(key: ModelRung): Promise<Model> {
    return keepUnlessItFails(this.#models, key, () =>
      loadModel(this.#urls.models[key], ({ fraction }) => this.#onProgress(key, fraction)),
    );
  }

  setOwn({ words, rows, dimensions, subwords }: OwnVectors): void {
    this.#rungs.set("own", Promise.resolve(new DenseRung(new WordVectors(words, rows, dimensions, subwords))));
  }

  /** A model reads a text as a whole; other rungs take the mean of its words. A single word that all know needs no model. */
  async vectorOf(key: RungKey, text: string): Promise<TextVector> {
    const rung = await this.rung(key);
    const terms = termsOf(text);
    const isKnownWord = terms.length === 1 && rung.has(terms[0] as string);
    if (!isModelRung(key) || isKnownWord || terms.length === 0) return meanOfWords(rung, terms);
    const { vectors } = await (await this.model(key)).embed([text]);
    return { vector: toUnit(vectors[0] as Float32Array), terms, missing: [], built: [] };
  }

  async #make(key: RungKey): Promise<Rung> {
    if (key === "own") throw new Error("nothing has been trained yet");
    if (key !== "counts")
      return new DenseRung(await loadKept(this.#urls.vectors[key], (file) => loadWordVectors(file)));
    return new CountRung(await loadEntries(this.#urls.entries), termsOf);
  }
}

/** The second of two questions shares the first one's answer; after a failure it is tried again. */
function keepUnlessItFails<K, V>(kept: Map<K, Promise<V>>, key: K, make: () => Promise<V>): Promise<V> {
  const known = kept.get(key);
  if (known) return known;
  const made = make();
  kept.set(key, made);
  made.catch(() => kept.delete(key));
  return made;
}
