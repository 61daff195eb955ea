// The tokenizer.json of a trained vocabulary.
import { invalid } from "../../arguments.ts";
import type { StageJson, TokenizerJson } from "../types.ts";
import type { TrainingPlan } from "./plan.ts";

/** What a trainer has learned. */
export interface TrainedVocabulary {
  /** By id; the special ones first. */
  tokens: readonly string[];
  /** [2 * merges] ids of left and right. */
  merges: ArrayLike<number>;
  /** Unigram: one per token. */
  scores: ArrayLike<number>;
  /** Unigram: -1 for none. */
  unknownId: number;
}

/** What there is without learning: the special tokens and the 256 bytes. */
export function byteVocabulary({ specialTokens, unknownToken }: TrainingPlan): TrainedVocabulary {
  const bytes = Array.from({ length: 256 }, (_, i) => `<0x${i.toString(16).toUpperCase().padStart(2, "0")}>`);
  const tokens = [...specialTokens, ...bytes];
  const unknownId = unknownToken === undefined ? -1 : specialTokens.indexOf(unknownToken);
  return { tokens, merges: [], scores: tokens.map(() => 0), unknownId };
}

/** Throws INVALID_ARGUMENT where a template names a token that the vocabulary does not have. */
export function trainedJson(plan: TrainingPlan, vocabulary: TrainedVocabulary): TokenizerJson {
  const ids = new Map(vocabulary.tokens.map((token, id) => [token, id]));
  const { post_processor, ...stages } = plan.stages;
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: plan.specialTokens.map((content) => ({
      id: ids.get(content),
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })),
    ...stages,
    post_processor: post_processor && withSpecialTokens(post_processor, ids),
    model: modelJson(plan, vocabulary, ids),
  };
}

function modelJson(plan: TrainingPlan, vocabulary: TrainedVocabulary, ids: ReadonlyMap<string, number>): StageJson {
  const { tokens, merges, scores, unknownId } = vocabulary;
  const { model, unknownToken = null } = plan;
  switch (model.type) {
    case "Unigram": {
      const vocab = tokens.map((token, id) => [token, scores[id]]);
      return { ...model, unk_id: unknownId < 0 ? null : unknownId, vocab };
    }
    case "BPE": {
      const pairs = Array.from({ length: merges.length >> 1 }, (_, rank) => [
        tokens[merges[2 * rank] as number],
        tokens[merges[2 * rank + 1] as number],
      ]);
      return { ...model, unk_token: unknownToken, vocab: Object.fromEntries(ids), merges: pairs };
    }
    default:
      return { ...model, unk_token: unknownToken, vocab: Object.fromEntries(ids) };
  }
}

/** A template that does not say which ids its special tokens have gets those of the vocabulary. */
function withSpecialTokens(stage: StageJson, ids: ReadonlyMap<string, number>): StageJson {
  if (stage.type !== "TemplateProcessing" || stage.special_tokens !== undefined) return stage;
  const pieces = [stage.single, stage.pair].flat() as { SpecialToken?: { id: string } }[];
  const names = new Set(pieces.flatMap((piece) => piece?.SpecialToken?.id ?? []));
  const special_tokens = Object.fromEntries(
    Array.from(names, (name) => {
      const id = ids.get(name);
      if (id === undefined) throw invalid(`the template's token ${JSON.stringify(name)} is not in the vocabulary`);
      return [name, { id: name, ids: [id], tokens: [name] }];
    }),
  );
  return { ...stage, special_tokens };
}
