// From the options of a training to what is done: the stages around the model and the options of the trainer.
import { checkBoolean, checkInteger, checkOptions, checkWord, invalid, typeName } from "../../arguments.ts";
import { NATIVE_TRAINERS, type NativeTrainerOptions } from "../../native/training_module.ts";
import type { StageJson } from "../types.ts";
import { PRESETS, type Preset } from "./presets.ts";
import type { TrainableModel, TrainOptions } from "./types.ts";

const kMostTokens = 1 << 24;

/** The stages of a tokenizer.json, but for its model. */
export interface Stages {
  normalizer: StageJson | null;
  pre_tokenizer: StageJson | null;
  post_processor: StageJson | null;
  decoder: StageJson | null;
}

export interface TrainingPlan {
  /** undefined: there is nothing to learn. */
  trainer: NativeTrainerOptions | undefined;
  stages: Stages;
  model: StageJson;
  specialTokens: readonly string[];
  unknownToken: string | undefined;
}

/** Throws INVALID_ARGUMENT. */
export function planTraining(options: TrainOptions): TrainingPlan {
  const kinds = Object.keys(PRESETS) as TrainableModel[];
  if (options.model === undefined) throw invalid(`options.model is missing; it is one of ${kinds.join(", ")}`);
  checkWord(options.model, "options.model", kinds);
  const preset = PRESETS[options.model];
  checkTrainerOptions(options, preset);
  const specialTokens = checkTokens(options.specialTokens) ?? preset.specialTokens;
  const unknownToken = options.unknownToken ?? preset.unknownToken;
  if (unknownToken !== undefined && !specialTokens.includes(unknownToken)) {
    throw invalid(`options.specialTokens must have the unknown token ${JSON.stringify(unknownToken)}`);
  }
  return {
    trainer: trainerOptions(options, preset, specialTokens, unknownToken),
    stages: planStages(options, preset, specialTokens),
    model: preset.model,
    specialTokens,
    unknownToken,
  };
}

function checkTrainerOptions(options: TrainOptions, preset: Preset): void {
  const { vocabSize, minFrequency, limitAlphabet, initialAlphabet, maxTokenLength, unknownToken } = options;
  checkInteger(vocabSize, "options.vocabSize", 1, kMostTokens);
  checkInteger(minFrequency, "options.minFrequency", 0, 2 ** 32 - 1);
  checkInteger(limitAlphabet, "options.limitAlphabet", 1, kMostTokens);
  checkInteger(maxTokenLength, "options.maxTokenLength", 2, 256);
  for (const [name, value] of Object.entries({ initialAlphabet, unknownToken })) {
    if (value !== undefined && typeof value !== "string") {
      throw invalid(`options.${name} must be a string, not ${typeName(value)}`);
    }
  }
  const given = { vocabSize, minFrequency, limitAlphabet, initialAlphabet, maxTokenLength };
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined && !preset.options.some((option) => option === name)) {
      throw invalid(`options.${name} is nothing that model ${JSON.stringify(options.model)} is trained with`);
    }
  }
}

function checkTokens(tokens: readonly string[] | undefined): readonly string[] | undefined {
  if (tokens === undefined) return undefined;
  if (!Array.isArray(tokens)) throw invalid(`options.specialTokens must be an array, not ${typeName(tokens)}`);
  for (const [i, token] of tokens.entries()) {
    if (typeof token !== "string" || token === "") throw invalid(`options.specialTokens[${i}] must be a text`, i);
    if (tokens.indexOf(token) < i) throw invalid(`options.specialTokens[${i}] is there twice`, i);
  }
  return tokens;
}

function trainerOptions(
  options: TrainOptions,
  preset: Preset,
  specialTokens: readonly string[],
  unknownToken: string | undefined,
): NativeTrainerOptions | undefined {
  if (!preset.trainer) return undefined;
  const vocabSize = options.vocabSize ?? preset.vocabSize;
  if (vocabSize < specialTokens.length) {
    throw invalid(`options.vocabSize is ${vocabSize}, less than the ${specialTokens.length} special tokens`);
  }
  const maxTokenLength = options.maxTokenLength ?? preset.maxTokenLength ?? 0;
  const common = {
    kind: NATIVE_TRAINERS[preset.trainer],
    vocabSize,
    minFrequency: options.minFrequency ?? preset.minFrequency,
    specialTokens: [...specialTokens],
    unknownToken: unknownToken ?? "",
    limitAlphabet: options.limitAlphabet ?? 0,
    initialAlphabet: options.initialAlphabet ?? preset.initialAlphabet ?? "",
    // Where tokens are merged, the trainer's limit is the first length that is too long.
    maxTokenLength: maxTokenLength && preset.trainer !== "unigram" ? maxTokenLength + 1 : maxTokenLength,
  };
  if (options.model !== "characters") return common;
  // A vocabulary that is full before the first merge has the alphabet alone.
  const letters = vocabSize - specialTokens.length;
  if (letters === 0) throw invalid("options.vocabSize leaves no room for characters");
  return { ...common, vocabSize: Math.max(1, specialTokens.length), limitAlphabet: letters };
}

function planStages(options: TrainOptions, preset: Preset, specialTokens: readonly string[]): Stages {
  const { lowercase, normalizer, preTokenizer, postProcessor, decoder } = options;
  checkBoolean(lowercase, "options.lowercase");
  for (const [name, stage] of Object.entries({ normalizer, preTokenizer, postProcessor, decoder })) {
    if (stage !== null) checkOptions<object>(stage, `options.${name}`);
  }
  if (normalizer !== undefined && lowercase !== undefined) {
    throw invalid("options.lowercase is for the usual normalizer; give a Lowercase stage in options.normalizer");
  }
  return {
    normalizer: normalizer === undefined ? preset.normalizer(lowercase ?? preset.lowercase) : normalizer,
    pre_tokenizer: preTokenizer === undefined ? preset.preTokenizer : preTokenizer,
    post_processor: postProcessor === undefined ? usualPostProcessor(preset, specialTokens) : postProcessor,
    decoder: decoder === undefined ? preset.decoder : decoder,
  };
}

/** BERT's template around one text and around two, where the vocabulary has its tokens. */
function usualPostProcessor({ template, postProcessor }: Preset, specialTokens: readonly string[]): StageJson | null {
  if (!template) return postProcessor;
  const { before, after } = template;
  if (!specialTokens.includes(before) || !specialTokens.includes(after)) return null;
  const token = (id: string, type_id: number) => ({ SpecialToken: { id, type_id } });
  const text = (id: string, type_id: number) => ({ Sequence: { id, type_id } });
  const single = [token(before, 0), text("A", 0), token(after, 0)];
  return { type: "TemplateProcessing", single, pair: [...single, text("B", 1), token(after, 1)] };
}
