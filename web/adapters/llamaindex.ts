// kinvec/adapters/llamaindex: a model as an embedding of LlamaIndex.TS, and its tokenizer for their splitters.
import { invalid, typeName } from "../arguments.ts";
import type { Tokenizer } from "../tokenizers/tokenizer.ts";
import { type AdapterOptions, checkAdapter, embedList, numbers, type TextModel } from "./embed_list.ts";

export type { AdapterOptions, TextModel } from "./embed_list.ts";

/** What LlamaIndex passes as a query: a part of a message. Other parts than text have no vector. */
export type QueryPart = string | { type: string; text?: string };

/** What the adapter defines of LlamaIndex's `BaseEmbedding`. */
export interface LlamaEmbedding {
  embedBatchSize: number;
  embedInfo: { dimensions: number; maxTokens: number };
  getTextEmbedding(text: string): Promise<number[]>;
  getTextEmbeddings: (texts: string[]) => Promise<number[][]>;
  getQueryEmbedding(query: QueryPart): Promise<number[] | null>;
  /** Texts as they are: the model itself cuts those that are too long. */
  truncateMaxTokens(texts: string[]): string[];
}

const uncut = { addSpecialTokens: false, maxTokens: Number.POSITIVE_INFINITY };

/** What their splitters take as a tokenizer. */
export interface LlamaTokenizer {
  encode(text: string): Uint32Array;
  decode(ids: Uint32Array): string;
}

/**
 * A loaded model as an embedding of LlamaIndex.TS. It extends the class that is given, their `BaseEmbedding`, so that
 * it is an instance of it.
 *
 * @throws KinvecError INVALID_ARGUMENT. The methods reject with the errors of `Model.embed`.
 *
 * @example
 * ```js
 * import { BaseEmbedding, Settings } from "llamaindex";
 * import { createEmbedding } from "kinvec/adapters/llamaindex";
 * Settings.embedModel = createEmbedding(model, BaseEmbedding);
 * ```
 */
export function createEmbedding<Base extends object>(
  model: TextModel,
  base: { prototype: Base },
  options?: AdapterOptions,
): Base & LlamaEmbedding {
  const given = checkAdapter(model, options);
  if (typeof base !== "function") throw invalid(`base must be the class BaseEmbedding, not ${typeName(base)}`);
  const { dimensions, maxTokens } = model.info();
  const embed = async (texts: string[], role: "query" | "document") =>
    (await embedList(model, texts, { ...given, role })).vectors.map(numbers);

  class KinvecEmbedding extends (base as unknown as new () => object) implements LlamaEmbedding {
    embedBatchSize = given.batchSize ?? 64;
    // No tokenizer among it: there they know one only, by name, and would cut by its tokens.
    embedInfo = { dimensions: given.dimensions ?? dimensions, maxTokens };
    // A field, since the base class has one that would hide a method.
    getTextEmbeddings = (texts: string[]) => embed(texts, "document");

    async getTextEmbedding(text: string): Promise<number[]> {
      return (await embed([text], "document"))[0] as number[];
    }

    async getQueryEmbedding(query: QueryPart): Promise<number[] | null> {
      const text = typeof query === "string" ? query : query.type === "text" ? query.text : undefined;
      return text === undefined ? null : ((await embed([text], "query"))[0] as number[]);
    }

    truncateMaxTokens(texts: string[]): string[] {
      return texts;
    }
  }
  return new KinvecEmbedding() as unknown as Base & LlamaEmbedding;
}

/**
 * A tokenizer of `kinvec/tokenizers` for their splitters, which then count the tokens that the model counts. Special
 * tokens are not counted: leave room for them.
 *
 * @throws KinvecError INVALID_ARGUMENT.
 *
 * @example
 * ```js
 * import { SentenceSplitter } from "llamaindex";
 * import { createTokenizer } from "kinvec/adapters/llamaindex";
 * import { loadTokenizer } from "kinvec/tokenizers";
 * const tokenizer = createTokenizer(await loadTokenizer("model.gguf"));
 * const splitter = new SentenceSplitter({ tokenizer, chunkSize: 200, chunkOverlap: 20 });
 * ```
 */
export function createTokenizer(tokenizer: Pick<Tokenizer, "encodeIds" | "decode">): LlamaTokenizer {
  if (typeof tokenizer?.encodeIds !== "function") {
    throw invalid(`tokenizer must be made by loadTokenizer, not ${typeName(tokenizer)}`);
  }
  return {
    encode: (text) => Uint32Array.from(tokenizer.encodeIds(text, uncut)),
    decode: (ids) => tokenizer.decode(ids),
  };
}
