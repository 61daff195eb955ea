/// <reference lib="esnext.disposable" preserve="true" />
// A flat (exhaustive) vector index with ids of the caller's choice over the engine's row numbers.
import { KinvecError } from "../errors.ts";
import { candidates, openInstance } from "../native/choose.ts";
import { instanceFor } from "../native/index_check.ts";
import type { IndexGraph } from "../native/index_graph.ts";
import { IndexRows, type RowSearch } from "../native/index_rows.ts";
import { SearchInstance } from "../native/search_instance.ts";
import type { Platform } from "../platform/platform.ts";
import type { BinaryName } from "../types.ts";
import { buildGraph } from "./build_graph.ts";
import { checkGraphOptions, type GraphInfo, type GraphOptions } from "./graph_options.ts";
import { IndexWriter } from "./index_file/writer.ts";
import {
  checkIndexOptions,
  checkSearchOptions,
  type IndexOptions,
  type IndexPrecision,
  type IndexSettings,
  type SearchOptions,
  type SearchSettings,
} from "./index_options.ts";
import {
  checkIds,
  checkVector,
  checkVectors,
  type EmbeddedVectors,
  type IndexVector,
  type ItemId,
  isEmbedded,
  onlyVector,
} from "./index_vectors.ts";
import { ItemIds } from "./item_ids.ts";
import { maskOf, type RowMask } from "./row_mask.ts";

/** One result of a search. */
export interface Hit {
  id: ItemId;
  /** Dot product of the query and the item: the cosine similarity, if both have length 1. */
  score: number;
}

const kQueriesPerScan = 64;
// Bounds what a scan for many queries with many hits each takes: 8 bytes per candidate.
const kCandidatesPerScan = 2 ** 20;
// Bounds what all scores of a scan take: 4 bytes each.
const kScoresPerScan = 2 ** 22;

export async function openIndex(platform: Platform, options: IndexOptions): Promise<FlatIndex> {
  const settings = checkIndexOptions(options);
  const open = (order: readonly BinaryName[]) => openInstance(SearchInstance.open, platform, order, options);
  const instance = await instanceFor(await open(candidates(platform, options)), open);
  return new FlatIndex(new IndexRows(instance, settings), settings, settings.fingerprint, platform.yieldToEventLoop);
}

/** Made by `createIndex` or `loadIndex`. All its methods answer at once. */
export class FlatIndex {
  /** Length of every vector. */
  readonly dimensions: number;
  /** The form of the vectors that a search looks through. */
  readonly precision: IndexPrecision;
  /** `"approximate"` with `rescore: false`, where the vectors themselves are not kept. */
  readonly scores: "exact" | "approximate";
  /** Memory of one item apart from its id. */
  readonly bytesPerItem: number;
  readonly #givenFingerprint: string | undefined;
  #fingerprint: string | undefined;
  readonly #ids: ItemIds;
  #rows: IndexRows | undefined;
  readonly #pause: () => Promise<void>;
  #building = false;
  #rewrites = 0; // changes of rows that were there, or of their links
  #additions = 0;

  /** @internal Use `createIndex` or `loadIndex`. */
  constructor(
    rows: IndexRows,
    settings: IndexSettings,
    fingerprint: string | undefined,
    pause: () => Promise<void>,
    ids: ItemId[] = [],
  ) {
    this.dimensions = settings.dimensions;
    this.precision = settings.precision;
    this.scores = settings.rescore ? "exact" : "approximate";
    this.bytesPerItem = rows.bytesPerRow;
    this.#rows = rows;
    this.#pause = pause;
    this.#givenFingerprint = fingerprint;
    this.#fingerprint = fingerprint;
    this.#ids = new ItemIds(ids);
  }

  /** Number of items. */
  get size(): number {
    return this.#ids.list.length;
  }

  /**
   * Of the model whose vectors the index holds: as it was created or saved with, or of the result of `embed` that was
   * added first. Undefined if only plain vectors were given, whose model is not known.
   */
  get fingerprint(): string | undefined {
    return this.#fingerprint;
  }

  /** Another number after every change of the items, so that what was made from them can be made anew. */
  get revision(): number {
    return this.#additions + this.#rewrites;
  }

  /**
   * Adds one item, or many at once. Nothing is added if any of them is refused. What `embed` answers is taken as it is,
   * and refused if it is another model's than the index is for.
   *
   * @throws KinvecError INVALID_ARGUMENT for an id that is already there or a vector with a number that is not finite,
   *   DIMENSION_MISMATCH for a vector of another length (`at` is its index), MODEL_MISMATCH, OUT_OF_MEMORY, DISPOSED.
   *
   * @example
   * ```js
   * index.add("tea", vector);
   * index.add(["tea", "coffee"], await model.embed(["a cup of tea", "an espresso"]));
   * ```
   */
  add(id: ItemId, vector: IndexVector | EmbeddedVectors): void;
  add(ids: readonly ItemId[], vectors: readonly IndexVector[] | EmbeddedVectors): void;
  add(id: ItemId | readonly ItemId[], given: IndexVector | readonly IndexVector[] | EmbeddedVectors): void {
    const { ids, vectors } = this.#checkItems(id, given, this.#ids);
    this.#live().add(vectors);
    this.#append(ids);
    this.#adopt(given);
  }

  /**
   * As `add`, but an id that is already there gets the new vector, and keeps its place among equal scores.
   *
   * @throws KinvecError as `add`, INVALID_ARGUMENT for an id that is given twice.
   *
   * @example
   * ```js
   * index.upsert("tea", vector);
   * ```
   */
  upsert(id: ItemId, vector: IndexVector | EmbeddedVectors): void;
  upsert(ids: readonly ItemId[], vectors: readonly IndexVector[] | EmbeddedVectors): void;
  upsert(id: ItemId | readonly ItemId[], given: IndexVector | readonly IndexVector[] | EmbeddedVectors): void {
    const { ids, vectors } = this.#checkItems(id, given, new Set());
    const rows = this.#live();
    const isNew = ids.map((each) => !this.#ids.has(each));
    const known = ids.flatMap((each, i) => {
      const row = this.#ids.rowOf(each);
      return row === undefined ? [] : [[row, vectors[i] as IndexVector] as const];
    });
    rows.add(vectors.filter((_, i) => isNew[i])); // first, since it can fail for want of memory
    this.#append(ids.filter((_, i) => isNew[i]));
    if (known.length > 0) this.#rewrites++;
    rows.replace(known);
    this.#adopt(given);
  }

  /** Whether there is an item of this id. */
  has(id: ItemId): boolean {
    return this.#ids.has(id);
  }

  /**
   * The vector of an item as it was added, or undefined if there is none of this id.
   *
   * @throws KinvecError INVALID_ARGUMENT where vectors are not kept (`rescore: false`), DISPOSED.
   */
  get(id: ItemId): Float32Array | undefined {
    const rows = this.#live();
    if (this.scores === "approximate") {
      throw new KinvecError("INVALID_ARGUMENT", "the index does not keep the vectors: it was made with rescore: false");
    }
    const row = this.#ids.rowOf(id);
    return row === undefined ? undefined : rows.vector(row);
  }

  /** The ids of all items, in the order they were added. */
  ids(): ItemId[] {
    return this.#ids.list.slice();
  }

  /**
   * Removes one item, or many at once, and answers how many were there. All items behind the first of them are moved, so
   * that many at once take the time of one.
   *
   * @throws KinvecError OUT_OF_MEMORY, DISPOSED.
   *
   * @example
   * ```js
   * index.remove(["tea", "coffee"]); // 2
   * ```
   */
  remove(idOrIds: ItemId | readonly ItemId[]): number {
    const live = this.#live();
    const ids: readonly ItemId[] = Array.isArray(idOrIds) ? idOrIds : [idOrIds];
    const rows = new Set(ids.flatMap((id) => this.#ids.rowOf(id) ?? []));
    if (rows.size === 0) return 0;
    live.remove(Uint32Array.from(rows).sort());
    this.#rewrites++;
    this.#ids.remove(rows);
    return rows.size;
  }

  /**
   * The items most similar to `vector`, best first; equal scores in the order the items were added. With a graph a few
   * may be missed, and others come in their place.
   *
   * @throws KinvecError INVALID_ARGUMENT, DIMENSION_MISMATCH, MODEL_MISMATCH, OUT_OF_MEMORY, DISPOSED.
   *
   * @example
   * ```js
   * const query = await model.embed("something hot", { role: "query" });
   * for (const { id, score } of index.search(query, { topK: 3 })) console.log(id, score);
   * ```
   */
  search(vector: IndexVector | EmbeddedVectors, options?: SearchOptions): Hit[] {
    const settings = checkSearchOptions(options, this.precision);
    this.#checkModel(vector);
    const query = isEmbedded(vector) ? onlyVector(vector) : vector;
    checkVector(query, this.dimensions, "vector");
    return this.#scan([query], settings, this.#maskOf(settings))[0] as Hit[];
  }

  /**
   * As `search` for each of many vectors, with the same results, in less time than one by one.
   *
   * @throws KinvecError as `search`; `at` is the index of the vector.
   *
   * @example
   * ```js
   * const [hitsOfFirst, hitsOfSecond] = index.searchBatch([first, second], { topK: 3 });
   * ```
   */
  searchBatch(vectors: readonly IndexVector[] | EmbeddedVectors, options?: SearchOptions): Hit[][] {
    const settings = checkSearchOptions(options, this.precision);
    this.#checkModel(vectors);
    const queries = checkVectors(isEmbedded(vectors) ? vectors.vectors : vectors, this.dimensions);
    const mask = this.#maskOf(settings);
    const perCandidates = Math.floor(kCandidatesPerScan / Math.min(settings.candidates, Math.max(this.size, 1)));
    const perScan = Math.max(1, Math.min(kQueriesPerScan, perCandidates));
    const hits: Hit[][] = [];
    for (let start = 0; start < queries.length; start += perScan) {
      hits.push(...this.#scan(queries.slice(start, start + perScan), settings, mask));
    }
    return hits;
  }

  /**
   * The dot product of every item with each of many vectors: one array per vector, in the order of `ids()`. The same
   * bits as the scores of hits; of a smaller copy's, approximate, where `precision` is not `"f32"`. Several vectors at
   * once take much less time than one by one.
   *
   * @throws KinvecError INVALID_ARGUMENT, DIMENSION_MISMATCH (`at` is the index of the vector), MODEL_MISMATCH,
   *   OUT_OF_MEMORY, DISPOSED.
   *
   * @example
   * ```js
   * const [toTea, toCoffee] = index.scoreAll(await model.embed(["tea", "coffee"]));
   * const lean = index.ids().map((id, i) => ({ id, lean: toTea[i] - toCoffee[i] }));
   * ```
   */
  scoreAll(vectors: readonly IndexVector[] | EmbeddedVectors): Float32Array[] {
    this.#checkModel(vectors);
    const queries = checkVectors(isEmbedded(vectors) ? vectors.vectors : vectors, this.dimensions);
    const perScan = Math.max(1, Math.min(kQueriesPerScan, Math.floor(kScoresPerScan / Math.max(this.size, 1))));
    const rows = this.#live();
    const scores: Float32Array[] = [];
    for (let start = 0; start < queries.length; start += perScan) {
      scores.push(...rows.scoreAll(queries.slice(start, start + perScan), this.size));
    }
    return scores;
  }

  /**
   * Links the items to a graph by which a search finds nearly all of the nearest among some hundreds of items instead of
   * all: hierarchical navigable small worlds (Malkov and Yashunin, arXiv:1603.09320). Pays from some tens of thousands of
   * items on, with vectors of length 1. Building takes a fraction of a millisecond for each item, in slices that let
   * other work run; searches meanwhile look at every item. From then on `add` links at once, `remove` and `upsert` mend
   * the links, and `save` keeps them. Scores stay exact. Another call builds another graph, `clear` drops it.
   *
   * @throws KinvecError (as a rejection) INVALID_ARGUMENT where vectors are not kept (`rescore: false`), while a graph is
   *   being built or if the index is cleared meanwhile; ABORTED, OUT_OF_MEMORY, DISPOSED. The index is then as before.
   *
   * @example
   * ```js
   * await index.buildGraph({ onProgress: ({ done, total }) => console.log(done / total) });
   * const nearly = index.search(query, { topK: 10 });
   * const surely = index.search(query, { topK: 10, exact: true });
   * ```
   */
  async buildGraph(options?: GraphOptions): Promise<void> {
    const settings = checkGraphOptions(options);
    this.#live();
    if (this.scores === "approximate") {
      throw new KinvecError("INVALID_ARGUMENT", "a graph needs the vectors: the index was made with rescore: false");
    }
    if (this.#building) throw new KinvecError("INVALID_ARGUMENT", "a graph is being built already");
    this.#building = true;
    try {
      const graph = () => this.#live().graph;
      await buildGraph(graph, () => this.size, this.#pause, settings);
      this.#rewrites++;
    } finally {
      this.#building = false;
    }
  }

  /** The graph that searches go by; undefined where there is none. */
  get graph(): GraphInfo | undefined {
    const graph = this.#rows?.graph;
    const settings = graph?.settings;
    return settings && { ...settings, bytesPerItem: (graph as IndexGraph).bytesPerRow };
  }

  /**
   * The index as the bytes of a file, which `loadIndex` takes.
   *
   * @throws KinvecError OUT_OF_MEMORY where they do not fit in one array (see `saveStream`), DISPOSED.
   *
   * @example
   * ```js
   * await writeFile("recipes.index", index.save());
   * ```
   */
  save(): Uint8Array<ArrayBuffer> {
    return this.#file().bytes();
  }

  /**
   * The same bytes as a stream, which makes them as they are read. Items added meanwhile are not in it; if items are
   * removed or replaced meanwhile, or added to an index with a graph, it ends with the error INVALID_ARGUMENT.
   *
   * @throws KinvecError DISPOSED.
   *
   * @example
   * ```js
   * const file = await (await navigator.storage.getDirectory()).getFileHandle("recipes.index", { create: true });
   * await index.saveStream().pipeTo(await file.createWritable());
   * ```
   */
  saveStream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    return this.#file().stream();
  }

  /** Removes all items. */
  clear(): void {
    this.#live().clear();
    this.#rewrites++;
    this.#fingerprint = this.#givenFingerprint;
    this.#ids.clear();
  }

  /** Gives up the memory. Later calls throw DISPOSED; a second dispose does nothing. */
  dispose(): void {
    this.#rows = undefined;
    this.#ids.clear();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  #live(): IndexRows {
    if (!this.#rows) throw new KinvecError("DISPOSED", "the index was disposed; create it again");
    return this.#rows;
  }

  #checkItems(
    id: ItemId | readonly ItemId[],
    given: IndexVector | readonly IndexVector[] | EmbeddedVectors,
    taken: Pick<Set<ItemId>, "has">,
  ): { ids: readonly ItemId[]; vectors: readonly IndexVector[] } {
    this.#checkModel(given);
    const many = Array.isArray(id);
    const vectors = isEmbedded(given) ? given.vectors : many ? given : [given];
    const checked = checkVectors(vectors, this.dimensions);
    return { ids: checkIds(many ? id : [id], checked.length, taken), vectors: checked };
  }

  /** Refuses vectors of which it is known that they are of another model. */
  #checkModel(given: unknown): void {
    if (!isEmbedded(given) || !given.fingerprint || !this.#fingerprint) return;
    if (given.fingerprint === this.#fingerprint) return;
    const message = `the vectors are of model ${given.fingerprint}, those of the index of ${this.#fingerprint}`;
    throw new KinvecError("MODEL_MISMATCH", message);
  }

  /** The model of an index that is told of none is that of all its vectors, if it is the same. */
  #adopt(given: unknown): void {
    if (isEmbedded(given) && given.vectors.length === this.size) this.#fingerprint ??= given.fingerprint;
  }

  #append(ids: readonly ItemId[]): void {
    if (ids.length > 0 && this.graph) this.#rewrites++;
    this.#additions += ids.length;
    this.#ids.append(ids);
  }

  /** The rows that a filter allows. It is the caller's, and may do anything but change what it is asked about. */
  #maskOf({ filter }: SearchSettings): RowMask | undefined {
    this.#live();
    if (!filter) return undefined;
    const before = [this.#rewrites, this.size];
    const mask = maskOf(this.#ids.list, filter);
    if (this.#rows && (before[0] !== this.#rewrites || before[1] !== this.size)) {
      throw new KinvecError("INVALID_ARGUMENT", "options.filter must not change the index");
    }
    return mask;
  }

  #scan(vectors: readonly IndexVector[], settings: SearchSettings, allowed?: RowMask): Hit[][] {
    const available = allowed?.count ?? this.size;
    const [wanted, candidates] = [settings.topK, settings.candidates].map((count) => Math.min(count, available));
    const search = { wanted, candidates, allowed, effort: settings.effort } as RowSearch;
    return this.#live().search(vectors, search, (row, score) => ({ id: this.#ids.list[row] as ItemId, score }));
  }

  #file(): IndexWriter {
    const { dimensions, precision } = this;
    const rescore = this.scores === "exact";
    const header = { dimensions, precision, rescore, items: this.size, graph: this.graph !== undefined };
    const rewrites = this.#rewrites;
    const rows = () => {
      const live = this.#live();
      if (rewrites === this.#rewrites) return live;
      throw new KinvecError("INVALID_ARGUMENT", "items or links were changed while the index was being saved");
    };
    return new IndexWriter(header, this.#fingerprint ?? "", this.#ids.list, rows);
  }
}
