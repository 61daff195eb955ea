// What the adapters share: lists of any length, a batch at a time, with one set of options.
import { checkBoolean, checkInteger, checkOptions, checkTexts, invalid, typeName } from "../arguments.ts";
import { KinvecError } from "../errors.ts";
import type { Model } from "../model.ts";
import type { EmbedOptions } from "../types.ts";

/** What an adapter needs of a loaded model. */
export type TextModel = Pick<Model, "embed" | "info">;

/** Options of every adapter. */
export interface AdapterOptions {
  /** Keep only the first so many numbers of each vector, 1 to the model's size. */
  dimensions?: number | undefined;
  /** Scale each vector to length 1; default: as the model states. */
  normalize?: boolean | undefined;
  /** Texts that are too long are cut at the end (default) or rejected with TEXT_TOO_LONG. */
  truncation?: EmbedOptions["truncation"];
  /** Texts per call of the model, 1 to 65536, default 64: between the calls, others that wait get their turn. */
  batchSize?: number | undefined;
  /** Cancels what the adapter does: it rejects with ABORTED. */
  signal?: AbortSignal | undefined;
}

/** A list's vectors, and what became of its texts. */
export interface EmbeddedList {
  vectors: Float32Array[];
  /** Tokens that were embedded, special tokens included. */
  tokens: number;
  /** Indices of the texts that were cut. */
  cut: number[];
}

const kBatchSize = 64;
const kMostBatchSize = 65536;

/** Throws INVALID_ARGUMENT for a model that is none, and for wrong options. */
export function checkAdapter<T extends AdapterOptions>(model: TextModel, options: T | undefined): T {
  if (typeof model?.embed !== "function" || typeof model.info !== "function") {
    throw invalid(`model must be a model made by load, not ${typeName(model)}`);
  }
  const given = checkOptions(options);
  checkInteger(given.dimensions, "options.dimensions", 1, model.info().dimensions);
  checkBoolean(given.normalize, "options.normalize");
  checkInteger(given.batchSize, "options.batchSize", 1, kMostBatchSize);
  return given;
}

/** Embeds one batch after another. Texts go to the model as they are; `at` of an error is an index of the whole list. */
export async function embedList(
  model: TextModel,
  texts: readonly string[],
  options: AdapterOptions & Pick<EmbedOptions, "role">,
): Promise<EmbeddedList> {
  const { batchSize = kBatchSize, ...rest } = options;
  // Texts that are too long are refused here, where their place in the whole list is known.
  const refuse = rest.truncation === "error";
  const embedOptions = refuse ? { ...rest, truncation: "end" as const } : rest;
  const all = checkTexts(texts);
  const { maxTokens } = model.info();
  const list: EmbeddedList = { vectors: [], tokens: 0, cut: [] };
  let start = 0;
  // An empty list is a call as well: it tells of a model that was disposed.
  do {
    const batch = await model.embed(all.slice(start, start + batchSize), embedOptions);
    for (const [i, vector] of batch.vectors.entries()) {
      const count = batch.tokenCounts[i] as number;
      const isCut = batch.truncated[i] === true;
      if (isCut && refuse) {
        const message = `texts[${start + i}] has ${count} tokens, but the model takes ${maxTokens}`;
        throw new KinvecError("TEXT_TOO_LONG", message, { at: start + i });
      }
      if (isCut) list.cut.push(start + i);
      list.vectors.push(vector);
      list.tokens += isCut ? maxTokens : count;
    }
    start += batchSize;
  } while (start < all.length);
  return list;
}

/** The same numbers as a plain array, which is what most frameworks keep. */
export function numbers(vector: Float32Array): number[] {
  return Array.from(vector);
}
