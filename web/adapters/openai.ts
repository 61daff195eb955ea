// kinvec/adapters/openai: a model's vectors in the shape of OpenAI's embeddings API.
import { type AdapterOptions, checkAdapter, embedList, numbers, type TextModel } from "./embed_list.ts";
import { checkRequest, type EmbeddingRequest, type EncodingFormat } from "./embedding_request.ts";

export type { AdapterOptions, TextModel } from "./embed_list.ts";
export type { EmbeddingRequest, EncodingFormat } from "./embedding_request.ts";

/** One text's vector. */
export interface EmbeddingItem<F extends EncodingFormat> {
  object: "embedding";
  index: number;
  embedding: F extends "base64" ? string : number[];
  /** Only where the text was cut; not among OpenAI's fields. */
  truncated?: true;
}

/** The answer to `POST /v1/embeddings`. */
export interface EmbeddingResponse<F extends EncodingFormat = EncodingFormat> {
  object: "list";
  data: EmbeddingItem<F>[];
  /** The loaded model's own name. */
  model: string;
  /** Tokens that were embedded, special tokens included. */
  usage: { prompt_tokens: number; total_tokens: number };
}

/**
 * Answers a request of OpenAI's embeddings API. As there, a text that is too long is an error, unless
 * `truncation: "end"` is given.
 *
 * @throws KinvecError (as a rejection) INVALID_ARGUMENT, also for token ids, TEXT_TOO_LONG, ABORTED, DISPOSED,
 *   OUT_OF_MEMORY, ENGINE_LOST.
 *
 * @example
 * ```js
 * import { createEmbedding } from "kinvec/adapters/openai";
 * const { data, usage } = await createEmbedding(model, { input: ["a red fox"], encoding_format: "base64" });
 * ```
 */
export async function createEmbedding<F extends EncodingFormat = "float">(
  model: TextModel,
  request: EmbeddingRequest<F>,
  options?: Omit<AdapterOptions, "dimensions">,
): Promise<EmbeddingResponse<F>> {
  const given = checkAdapter(model, options);
  const { name, dimensions } = model.info();
  const texts = checkRequest(request, dimensions);
  const { vectors, tokens, cut } = await embedList(model, texts, {
    truncation: "error",
    ...given,
    dimensions: request.dimensions,
    role: request.input_type,
  });
  const wasCut = new Set(cut);
  const write = request.encoding_format === "base64" ? base64 : numbers;
  const data = vectors.map((vector, index) => ({
    object: "embedding" as const,
    index,
    embedding: write(vector) as EmbeddingItem<F>["embedding"],
    ...(wasCut.has(index) && { truncated: true as const }),
  }));
  return { object: "list", data, model: name, usage: { prompt_tokens: tokens, total_tokens: tokens } };
}

/** JavaScript engines lay out numbers as WebAssembly does, little-endian. */
function base64(vector: Float32Array): string {
  const bytes = new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
