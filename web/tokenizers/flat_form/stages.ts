// The families of stages in a tokenizer.json and in a GGUF file, where sequences of stages are one numbered list.
import { type Metadata, u32 } from "../../convert/gguf_types.ts";
import type { JsonObject } from "../../convert/json_file.ts";
import { KinvecError } from "../../errors.ts";
import { readFields, writeFields } from "./fields.ts";

/** Key in a tokenizer.json, key of the list inside its Sequence, and key in a GGUF file. */
export const STAGE_FAMILIES = [
  { json: "normalizer", items: "normalizers", flat: "normalizers" },
  { json: "pre_tokenizer", items: "pretokenizers", flat: "pre_tokenizers" },
  { json: "post_processor", items: "processors", flat: "post_processors" },
  { json: "decoder", items: "decoders", flat: "decoders" },
] as const;

type StageFamily = (typeof STAGE_FAMILIES)[number];

/** Sequences inside one another. */
const kMostDepth = 16;

/** Enters the stages of every family. */
export function writeStages(metadata: Metadata, file: JsonObject): void {
  for (const family of STAGE_FAMILIES) {
    const stages = file.has(family.json) ? stagesOf(file.object(family.json), family, 0) : [];
    const prefix = `kinvec.tokenizer.${family.flat}`;
    metadata.set(`${prefix}.count`, u32(stages.length));
    for (const [i, stage] of stages.entries()) writeFields(metadata, `${prefix}.${i}`, stage);
  }
}

function stagesOf(stage: JsonObject, family: StageFamily, depth: number): object[] {
  if (depth > kMostDepth) throw new KinvecError("MODEL_FORMAT", `${stage.name} is nested too deeply`);
  if (stage.string("type", undefined) === undefined) {
    throw new KinvecError("UNSUPPORTED_TOKENIZER", `${stage.name} does not say its type`);
  }
  if (stage.value("type") !== "Sequence") return [stage.values];
  return stage.objects(family.items).flatMap((item) => stagesOf(item, family, depth + 1));
}

/** The stages of every family, as in a tokenizer.json. */
export function readStages(metadata: Metadata): Record<string, object | null> {
  return Object.fromEntries(STAGE_FAMILIES.map((family) => [family.json, readFamily(metadata, family)]));
}

function readFamily(metadata: Metadata, { flat, items }: StageFamily): object | null {
  const prefix = `kinvec.tokenizer.${flat}`;
  const stages = Array.from(stageTypes(metadata, flat), (_, i) => readFields(metadata, `${prefix}.${i}`));
  return stages.length <= 1 ? (stages[0] ?? null) : { type: "Sequence", [items]: stages };
}

/** The types of a family's stages, in order. */
export function stageTypes(metadata: Metadata, family: StageFamily["flat"]): string[] {
  const prefix = `kinvec.tokenizer.${family}`;
  const types: string[] = [];
  for (;;) {
    const type = metadata.get(`${prefix}.${types.length}.type`);
    if (type?.type !== "string") return types;
    types.push(type.value);
  }
}
