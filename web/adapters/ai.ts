// kinvec/adapters/ai: a model as an embedding model of the Vercel AI SDK.
import { checkOptions, checkWord } from "../arguments.ts";
import { type AdapterOptions, checkAdapter, embedList, numbers, type TextModel } from "./embed_list.ts";

export type { AdapterOptions, TextModel } from "./embed_list.ts";

/** `v4` is that of `ai` 7, `v3` that of `ai` 6, `v2` that of `ai` 5. */
export type SpecificationVersion = "v2" | "v3" | "v4";

/** Options of `createEmbeddingModel`. */
export interface EmbeddingModelOptions<V extends SpecificationVersion = "v4"> extends AdapterOptions {
  /** Which specification of the SDK the object follows; default `v4`. */
  specificationVersion?: V | undefined;
  /** What texts are where a call does not say so by `providerOptions: { kinvec: { role } }`. */
  role?: "query" | "document" | undefined;
}

/** What the SDK passes to `doEmbed`. */
export interface EmbedCall {
  values: string[];
  dimensions?: number | undefined;
  abortSignal?: AbortSignal | undefined;
  /** Under `kinvec`: `role`, `dimensions`, `normalize`, `truncation`. */
  providerOptions?: Record<string, Record<string, unknown>> | undefined;
}

/** What `doEmbed` answers. */
export interface EmbedAnswer {
  embeddings: number[][];
  usage: { tokens: number };
  /** One if texts were cut. */
  warnings: { type: "other"; message: string }[];
  /** Indices of the values that were cut. */
  providerMetadata: { kinvec: { truncated: number[] } };
}

/** An embedding model as the SDK specifies it. */
export interface AiEmbeddingModel<V extends SpecificationVersion> {
  readonly specificationVersion: V;
  readonly provider: "kinvec";
  readonly modelId: string;
  readonly maxEmbeddingsPerCall: number;
  readonly supportsParallelCalls: boolean;
  doEmbed(call: EmbedCall): Promise<EmbedAnswer>;
}

/**
 * A loaded model as an embedding model for `embed` and `embedMany` of the AI SDK. Their abort signal stops the work
 * within a few milliseconds, and a warning tells of texts that were cut.
 *
 * @throws KinvecError INVALID_ARGUMENT. Calls reject with the errors of `Model.embed`, ABORTED among them.
 *
 * @example
 * ```js
 * import { embed } from "ai";
 * import { createEmbeddingModel } from "kinvec/adapters/ai";
 * const { embedding } = await embed({ model: createEmbeddingModel(model), value: "a red fox" });
 * ```
 */
export function createEmbeddingModel<V extends SpecificationVersion = "v4">(
  model: TextModel,
  options?: EmbeddingModelOptions<V>,
): AiEmbeddingModel<V> {
  const { specificationVersion = "v4" as V, signal, ...given } = checkAdapter(model, options);
  checkWord<SpecificationVersion>(specificationVersion, "options.specificationVersion", ["v2", "v3", "v4"]);
  checkWord(given.role, "options.role", ["query", "document"]);
  const { name, workers, maxTokens } = model.info();
  return {
    specificationVersion,
    provider: "kinvec",
    modelId: name,
    // The adapter makes its own batches.
    maxEmbeddingsPerCall: Number.POSITIVE_INFINITY,
    supportsParallelCalls: workers > 0,
    async doEmbed({ values, dimensions, abortSignal, providerOptions }) {
      const callOptions = checkOptions(providerOptions?.kinvec, "providerOptions.kinvec");
      const { vectors, tokens, cut } = await embedList(model, values, {
        ...given,
        ...checkAdapter(model, callOptions),
        ...(dimensions !== undefined && { dimensions }),
        signal: abortSignal ?? signal,
      });
      const warning = { type: "other", message: `texts that were cut at ${maxTokens} tokens: ${cut.length}` } as const;
      return {
        embeddings: vectors.map(numbers),
        usage: { tokens },
        warnings: cut.length > 0 ? [warning] : [],
        providerMetadata: { kinvec: { truncated: cut } },
      };
    },
  };
}
