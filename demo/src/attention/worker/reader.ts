// Makes of the model's answer what the page draws, and keeps the hidden states for questions about single tokens.
import type { AttentionResult, Model } from "kinvec";
import type { Neighbour } from "../numbers/nearest.ts";
import { type Candidate, neighboursOf } from "../numbers/neighbours.ts";
import { patternOfHead } from "../numbers/patterns.ts";
import type { Reading } from "../numbers/reading.ts";
import { meanRow, rollOut } from "../numbers/rollout.ts";

/** A picture of more tokens than this is a grey wall; the model reads them all the same. */
export const MOST_DRAWN = 80;

/** Nearest tokens of each layer that are told. */
const NEAREST = 5;

const isWord = (token: string) => /[\p{L}\p{N}]/u.test(token);

/** The first rows and columns of a square matrix, [n, n] of [total, total]. */
function corner(matrix: Float64Array, total: number, n: number): Float32Array {
  const out = new Float32Array(n * n);
  for (let row = 0; row < n; row++) out.set(matrix.subarray(row * total, row * total + n), row * n);
  return out;
}

/** [layers, heads, n, n] */
function packed(attention: AttentionResult["attention"], n: number): Float32Array {
  const rows = attention.flatMap((heads) => heads.flatMap((head) => head.slice(0, n)));
  const out = new Float32Array(rows.length * n);
  for (const [i, row] of rows.entries()) out.set(row.subarray(0, n), i * n);
  return out;
}

function concatenated(parts: readonly Float32Array[]): Float32Array {
  const out = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

export function readingOf(text: string, { attention, tokens, offsets, truncated }: AttentionResult): Reading {
  const total = tokens.length;
  const n = Math.min(total, MOST_DRAWN);
  const special = offsets.map(([start, end]) => start === end);
  const shares = rollOut(attention);
  return {
    text,
    total,
    truncated,
    layers: attention.length,
    heads: attention[0]?.length ?? 0,
    tokens: tokens.slice(0, n),
    offsets: Int32Array.from(offsets.slice(0, n).flat()),
    weights: packed(attention, n),
    rollout: concatenated(shares.map((layer) => corner(layer, total, n))),
    wholeRollout: concatenated(shares.map((layer) => Float32Array.from(meanRow(layer, total).subarray(0, n)))),
    patterns: attention.flatMap((heads) => heads.map((head) => patternOfHead(head, special))),
  };
}

/** The words of a text as candidates for comparison; punctuation and special tokens are left out. */
function candidatesOf(
  text: string,
  { tokens, offsets, hiddenStates = [] }: AttentionResult,
): (Candidate | undefined)[] {
  return tokens.map((token, i) => {
    const [start, end] = offsets[i] as [number, number];
    if (start === end || !isWord(token)) return undefined;
    return { token, sentence: text, start, end, states: hiddenStates.map((layer) => layer[i] as Float32Array) };
  });
}

const isThere = <T>(value: T | undefined): value is T => value !== undefined;

export class Reader {
  readonly #model: Model;
  #further: Candidate[] = [];
  #own: (Candidate | undefined)[] = [];
  #states: Float32Array[][] = [];

  constructor(model: Model) {
    this.#model = model;
  }

  /** Reads the sentences that tokens are compared with. */
  async readFurther(sentences: readonly string[]): Promise<void> {
    for (const sentence of sentences) {
      const result = await this.#model.attention(sentence, { hiddenStates: true });
      this.#further.push(...candidatesOf(sentence, result).filter(isThere));
    }
  }

  async read(text: string): Promise<Reading> {
    const result = await this.#model.attention(text, { hiddenStates: true });
    this.#states = result.hiddenStates ?? [];
    this.#own = candidatesOf(text, result);
    return readingOf(text, result);
  }

  /** What a token of the text that was read last is like: other tokens of the text, and those of the further sentences. */
  neighbours(token: number): Neighbour[] {
    const states = this.#states.map((layer) => layer[token]).filter(isThere);
    const others = this.#own.filter((candidate, i) => candidate && i !== token).filter(isThere);
    return neighboursOf(states, [...others, ...this.#further], NEAREST);
  }
}
