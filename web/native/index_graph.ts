// The graph over the vectors of an index in the engine: building, saving, restoring.
import { errorCodeOf, KinvecError } from "../errors.ts";
import type { GraphSettings } from "../search/graph_options.ts";
import type { SearchInstance } from "./search_instance.ts";
import type { NativeFlatIndex } from "./search_module.ts";

/** What a file says of a graph besides its links. */
export interface GraphState extends GraphSettings {
  /** How many levels were drawn for rows, those that are gone counted. */
  levelsDrawn: number;
  /** The row where searches begin; 2^32 - 1 in an index without rows. */
  entry: number;
}

export class IndexGraph {
  readonly #instance: SearchInstance;
  readonly #rows: NativeFlatIndex;
  #settings: GraphSettings | undefined;
  #begun: GraphSettings | undefined;

  constructor(instance: SearchInstance, rows: NativeFlatIndex) {
    this.#instance = instance;
    this.#rows = rows;
  }

  /** Of the finished graph; undefined where there is none. */
  get settings(): GraphSettings | undefined {
    return this.bytesPerRow > 0 ? this.#settings : undefined;
  }

  /** Memory that a row takes, on average; 0 without a graph. */
  get bytesPerRow(): number {
    return this.#instance.run(() => this.#rows.graphBytesPerRow());
  }

  get state(): GraphState | undefined {
    const { settings } = this;
    return (
      settings &&
      this.#instance.run(() => ({
        ...settings,
        levelsDrawn: this.#rows.levelsDrawn(),
        entry: this.#rows.graphEntry() >>> 0,
      }))
    );
  }

  begin({ neighbors, effort }: GraphSettings): void {
    this.#instance.check(() => this.#rows.beginGraph(neighbors, effort));
    this.#begun = { neighbors, effort };
  }

  /** Links up to `count` rows more; answers how many are left. With none left the graph is in use. */
  link(count: number): number {
    const left = this.#rowsLeft(() => this.#rows.linkRows(count));
    if (left === 0) this.#settings = this.#begun;
    return left;
  }

  dropUnfinished(): void {
    this.#instance.run(() => this.#rows.dropUnfinishedGraph());
  }

  linksBytes(first: number, count: number): number {
    return this.#instance.run(() => this.#rows.linksBytes(first, count));
  }

  saveLinks(first: number, count: number, pointer: number): void {
    this.#instance.run(() => this.#rows.saveLinks(first, count, pointer));
  }

  /** After begin(): the links of some whole rows more; answers how many are left. Throws MODEL_FORMAT. */
  restoreLinks(pointer: number, bytes: number): number {
    return this.#rowsLeft(() => this.#rows.restoreLinks(pointer, bytes));
  }

  /** Throws MODEL_FORMAT where the links that were restored are no graph. */
  finishRestoring({ levelsDrawn, entry }: GraphState): void {
    this.#instance.check(() => this.#rows.finishRestoringGraph(levelsDrawn, entry));
    this.#settings = this.#begun;
  }

  #rowsLeft(call: () => number): number {
    const left = this.#instance.run(call);
    if (left >= 0) return left;
    const { code, message } = this.#instance.run(() => this.#rows.graphError());
    throw new KinvecError(errorCodeOf(code), message);
  }
}
