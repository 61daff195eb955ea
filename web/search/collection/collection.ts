/// <reference lib="esnext.disposable" preserve="true" />
// Documents with an index of their meaning and one of their words, kept in step.
import { throwIfAborted } from "../../abort.ts";
import { checkOptions, checkText, invalid } from "../../arguments.ts";
import { KinvecError } from "../../errors.ts";
import type { Platform } from "../../platform/platform.ts";
import { CallQueue } from "../../queue.ts";
import { type FlatIndex, openIndex } from "../flat_index.ts";
import type { EmbeddedVectors, ItemId } from "../index_vectors.ts";
import { type Calibration, calibrate } from "../ranking/calibrate.ts";
import { Bm25 } from "../words/bm25.ts";
import {
  type AddOptions,
  type CollectionHit,
  type CollectionModel,
  type CollectionOptions,
  type CollectionSearchOptions,
  checkCollectionSearch,
  checkModel,
} from "./collection_options.ts";
import { CollectionWriter } from "./file/writer.ts";
import { addPassages } from "./hit_passages.ts";
import { type AnyItem, copyItems, type Item } from "./items.ts";
import { rankItems } from "./rank_items.ts";

/** The parts of a collection. */
export interface CollectionParts<T extends Item> {
  model: CollectionModel;
  index: FlatIndex;
  words: Bm25;
  items: Map<ItemId, T>; // in the order of the index
}

export async function openCollection<T extends Item>(
  platform: Platform,
  given: CollectionOptions,
): Promise<Collection<T>> {
  const { precision, rescore, wasm, binary, ...options } = checkOptions(given);
  const model = checkModel(options.model);
  const words = new Bm25(options.words);
  const index = await openIndex(platform, { model, precision, rescore, wasm, binary });
  return new Collection({ model, index, words, items: new Map() });
}

/**
 * Texts with an id and fields, found by their meaning and by their words. Made by `createCollection` or `loadCollection`.
 * Calls of `add` and `upsert` are carried out one after another, in the order they were made.
 */
export class Collection<T extends Item = AnyItem> {
  readonly #model: CollectionModel;
  readonly #index: FlatIndex;
  readonly #words: Bm25;
  readonly #items: Map<ItemId, T>;
  readonly #additions = new CallQueue();
  #calibration: Calibration | undefined; // of the items as they are; made when it is needed
  #disposed = false;

  /** @internal Use `createCollection` or `loadCollection`. */
  constructor({ model, index, words, items }: CollectionParts<T>) {
    this.#model = model;
    this.#index = index;
    this.#words = words;
    this.#items = items;
  }

  /** Number of items. */
  get size(): number {
    return this.#items.size;
  }

  /** The vectors, for functions that take an index. What is changed in it by other ways than the collection's is lost. */
  get index(): FlatIndex {
    return this.#index;
  }

  /**
   * Adds one item, or many at once; none if any of them is refused or the call is cancelled. A text that is longer than
   * the model takes is embedded in parts (`truncation: "chunk"`), so nothing of it is left out.
   *
   * @throws KinvecError (as a rejection) INVALID_ARGUMENT, also for an id that is already there (`at` is its index),
   *   MODEL_MISMATCH, ABORTED, DISPOSED, OUT_OF_MEMORY, ENGINE_LOST.
   *
   * @example
   * ```js
   * await notes.add([{ id: 1, text: "Castling moves king and rook.", tags: ["chess"], year: 1999 }]);
   * ```
   */
  add(items: T | readonly T[], options?: AddOptions): Promise<void> {
    return this.#put(items, options, (id, at) => {
      if (this.#items.has(id)) throw invalid(`items[${at}].id (${JSON.stringify(id)}) is already there`, at);
    });
  }

  /**
   * As `add`, but an item whose id is already there takes the place of that.
   *
   * @throws KinvecError (as a rejection) as `add`.
   */
  upsert(items: T | readonly T[], options?: AddOptions): Promise<void> {
    return this.#put(items, options, () => {});
  }

  /**
   * Removes one item, or many at once, and answers how many were there.
   *
   * @throws KinvecError OUT_OF_MEMORY, DISPOSED.
   */
  remove(idOrIds: ItemId | readonly ItemId[]): number {
    const removed = this.#index.remove(idOrIds);
    this.#words.remove(idOrIds);
    const ids: readonly ItemId[] = Array.isArray(idOrIds) ? idOrIds : [idOrIds];
    for (const id of ids) this.#items.delete(id);
    this.#calibration = undefined;
    return removed;
  }

  /** The item of an id, which nothing can change, or undefined if there is none. */
  get(id: ItemId): T | undefined {
    return this.#items.get(id);
  }

  /** Whether there is an item of this id. */
  has(id: ItemId): boolean {
    return this.#items.has(id);
  }

  /** The ids of all items, in the order they were added. */
  ids(): ItemId[] {
    return [...this.#items.keys()];
  }

  /**
   * The items that answer a text best, best first.
   *
   * @throws KinvecError (as a rejection) INVALID_ARGUMENT, ABORTED, DISPOSED, OUT_OF_MEMORY, ENGINE_LOST.
   *
   * @example
   * ```js
   * const hits = await notes.search("how does the king move", { where: { tags: "chess" }, passages: true });
   * for (const { item, passage } of hits) console.log(item.id, passage?.text);
   * ```
   */
  async search(text: string, options?: CollectionSearchOptions<T>): Promise<CollectionHit<T>[]> {
    const settings = checkCollectionSearch(options);
    checkText(text);
    const { by, passages, signal } = settings;
    throwIfAborted(signal);
    this.#checkLive();
    const query =
      by === "words" ? undefined : await this.#model.embed(text, { role: "query", truncation: "chunk", signal });
    this.#checkLive();
    const searched = {
      index: this.#index,
      words: this.#words,
      items: this.#items,
      background: this.#background(query),
    };
    const hits = rankItems(searched, text, query, settings);
    return passages ? addPassages(hits, text, this.#words, this.#model, query, signal) : hits;
  }

  /**
   * The collection as the bytes of a file, which `loadCollection` takes. The model is not in it.
   *
   * @throws KinvecError OUT_OF_MEMORY where they do not fit in one array (see `saveStream`), DISPOSED.
   *
   * @example
   * ```js
   * await writeFile("notes.collection", notes.save());
   * ```
   */
  save(): Uint8Array<ArrayBuffer> {
    return this.#file().bytes();
  }

  /**
   * The same bytes as a stream, which makes them as they are read. Items added meanwhile are not in it; if items are
   * removed or replaced meanwhile, it ends with the error INVALID_ARGUMENT.
   *
   * @throws KinvecError DISPOSED.
   */
  saveStream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    return this.#file().stream();
  }

  /** Removes all items. Throws DISPOSED. */
  clear(): void {
    this.#index.clear();
    this.#words.clear();
    this.#items.clear();
    this.#calibration = undefined;
  }

  /** Gives up the memory, but not the model. Later calls fail with DISPOSED; a second dispose does nothing. */
  dispose(): void {
    this.#disposed = true;
    this.#index.dispose();
    this.#words.clear();
    this.#items.clear();
    this.#calibration = undefined;
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  async #put(
    given: T | readonly T[],
    options: AddOptions | undefined,
    checkId: (id: ItemId, at: number) => void,
  ): Promise<void> {
    const { onProgress, signal } = checkOptions(options);
    const items = copyItems(given);
    return this.#additions.run(async () => {
      this.#checkLive();
      const ids = items.map(({ id }) => id);
      for (const [i, id] of ids.entries()) checkId(id, i);
      const texts = items.map(({ text }) => text);
      const embedded = await this.#model.embed(texts, { role: "document", truncation: "chunk", signal, onProgress });
      throwIfAborted(signal);
      const terms = this.#words.analyzed(texts);
      this.#index.upsert(ids, embedded); // the last that can fail
      this.#words.put(ids, terms);
      for (const item of items) this.#items.set(item.id, item);
      this.#calibration = undefined;
    }, signal);
  }

  #background(query: EmbeddedVectors | undefined) {
    if (!query) return undefined;
    this.#calibration ??= calibrate(this.#index);
    return this.#calibration.of(query);
  }

  #checkLive(): void {
    if (this.#disposed) throw new KinvecError("DISPOSED", "the collection was disposed; create it again");
  }

  #file(): CollectionWriter {
    this.#checkLive();
    return new CollectionWriter([...this.#items.values()], this.#words.parameters, this.#index);
  }
}
