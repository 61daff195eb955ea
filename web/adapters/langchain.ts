// kinvec/adapters/langchain: a model as LangChain.js embeddings.
import { type AdapterOptions, checkAdapter, embedList, numbers, type TextModel } from "./embed_list.ts";

export type { AdapterOptions, TextModel } from "./embed_list.ts";

/** LangChain's `EmbeddingsInterface`, which every vector store of theirs takes. */
export interface LangChainEmbeddings {
  /** One vector per text, embedded as documents. */
  embedDocuments(texts: string[]): Promise<number[][]>;
  /** The vector of a text, embedded as a query. */
  embedQuery(text: string): Promise<number[]>;
}

/**
 * A loaded model as LangChain.js embeddings. Texts are embedded as they are, newlines included, and long lists batch by
 * batch, so that a query need not wait for all of them.
 *
 * @throws KinvecError INVALID_ARGUMENT. The methods reject with the errors of `Model.embed`.
 *
 * @example
 * ```js
 * import { MemoryVectorStore } from "@langchain/classic/vectorstores/memory";
 * import { createEmbeddings } from "kinvec/adapters/langchain";
 * const store = new MemoryVectorStore(createEmbeddings(model));
 * ```
 */
export function createEmbeddings(model: TextModel, options?: AdapterOptions): LangChainEmbeddings {
  const given = checkAdapter(model, options);
  return {
    async embedDocuments(texts) {
      const { vectors } = await embedList(model, texts, { ...given, role: "document" });
      return vectors.map(numbers);
    },
    async embedQuery(text) {
      const { vectors } = await embedList(model, [text], { ...given, role: "query" });
      return numbers(vectors[0] as Float32Array);
    },
  };
}
