// One word in several sentences: how alike its vectors are there, after each layer of the language model.
import type { Model } from "kinvec";
import { combined, toUnit } from "./rung.ts";

export interface Senses {
  /** Whether each sentence has the word. */
  found: boolean[];
  /** [layers + 1][n * n] cosines between the sentences; NaN where one has not the word. Layer 0 is what the first layer reads. */
  layers: Float32Array[];
}

/** Where the word stands in the sentence by itself, in UTF-16 units; without regard to case. */
export function occurrences(sentence: string, word: string): [start: number, end: number][] {
  if (!word.trim()) return [];
  const escaped = word.trim().replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  const whole = new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, "giu");
  return Array.from(sentence.matchAll(whole), ({ index, 0: found }) => [index, index + found.length]);
}

/** The word's vector after each layer: the mean of its tokens, wherever it stands. Undefined if it stands nowhere. */
async function statesOf(model: Model, sentence: string, word: string): Promise<Float32Array[] | undefined> {
  const places = occurrences(sentence, word);
  if (places.length === 0) return undefined;
  const { offsets, hiddenStates = [] } = await model.attention(sentence, { hiddenStates: true });
  const isOfWord = (token: number) => {
    const [start, end] = offsets[token] as [number, number];
    return start < end && places.some(([from, to]) => start >= from && end <= to);
  };
  const tokens = Array.from(offsets.keys()).filter(isOfWord);
  if (tokens.length === 0) return undefined; // beyond what the model reads
  return hiddenStates.map((layer) => {
    const states = tokens.map((token) => toUnit(layer[token] as Float32Array));
    return combined(states, Array(states.length).fill(1));
  });
}

export async function sensesOf(model: Model, word: string, sentences: readonly string[]): Promise<Senses> {
  const states: (Float32Array[] | undefined)[] = [];
  for (const sentence of sentences) states.push(await statesOf(model, sentence, word));
  const n = sentences.length;
  const depth = states.find((each) => each !== undefined)?.length ?? 0;
  const layers = Array.from({ length: depth }, (_, layer) => {
    const cosines = new Float32Array(n * n).fill(Number.NaN);
    for (const [i, a] of states.entries()) {
      for (const [j, b] of states.entries()) {
        if (a && b) cosines[i * n + j] = dot(a[layer] as Float32Array, b[layer] as Float32Array);
      }
    }
    return cosines;
  });
  return { found: states.map((each) => each !== undefined), layers };
}

const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, d) => sum + value * (b[d] as number), 0);
