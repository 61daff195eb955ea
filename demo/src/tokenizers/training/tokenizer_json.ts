// The parts of a tokenizer.json that the page reads. Everything else is passed on untouched.

export interface TokenizerJson {
  model: ModelJson;
  [stage: string]: unknown;
}

export type ModelJson =
  | { type: "BPE"; vocab: Record<string, number>; merges: ([string, string] | string)[]; [field: string]: unknown }
  | { type: "WordPiece" | "WordLevel"; vocab: Record<string, number>; [field: string]: unknown }
  | { type: "Unigram"; vocab: [piece: string, score: number][]; unk_id?: number | null; [field: string]: unknown };

export const vocabularySize = ({ model }: TokenizerJson) =>
  model.type === "Unigram" ? model.vocab.length : Object.keys(model.vocab).length;

/** The id that stands for everything unknown; -1 if there is none. */
export function unknownIdOf({ model }: TokenizerJson): number {
  if (model.type === "Unigram") return model.unk_id ?? -1;
  const token = model.unk_token;
  return (typeof token === "string" ? model.vocab[token] : undefined) ?? -1;
}
