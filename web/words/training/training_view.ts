// What a caller sees of a training that is under way: words and their vectors. It changes nothing of it.
import { checkText } from "../../arguments.ts";
import type { WordTrainingView } from "./types.ts";

/** Where words and vectors come from. */
interface Source {
  vocabulary(): string[];
  vector(word: number): Float32Array;
}

export class TrainingView implements WordTrainingView {
  readonly #source: Source;
  #words: readonly string[] | undefined;
  #numberOf: Map<string, number> | undefined;
  #hasBegun = false;

  constructor(source: Source) {
    this.#source = source;
  }

  /** The vocabulary is there from now on. */
  begin(): void {
    this.#hasBegun = true;
  }

  /** The vectors are taken away. */
  end(): void {
    this.#hasBegun = false;
  }

  get words(): readonly string[] {
    if (!this.#hasBegun) return [];
    this.#words ??= Object.freeze(this.#source.vocabulary());
    return this.#words;
  }

  vector(word: string): Float32Array | undefined {
    checkText(word);
    if (!this.#hasBegun) return undefined;
    this.#numberOf ??= new Map(this.words.map((each, number) => [each, number]));
    const number = this.#numberOf.get(word);
    return number === undefined ? undefined : this.#source.vector(number);
  }
}
