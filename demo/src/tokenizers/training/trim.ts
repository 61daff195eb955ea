// A trained vocabulary as it was on the way: what training would have given, had it stopped at a smaller size. BPE, WordPiece and
// word lists grow by one entry at a time in the order of their ids, so that every beginning of one is a trained vocabulary itself.
// A Unigram vocabulary shrinks from a large one instead, and has no such beginnings.
import { type ModelJson, type TokenizerJson, vocabularySize } from "./tokenizer_json.ts";

const addedTokens = ({ added_tokens: added }: TokenizerJson) =>
  new Set(Array.isArray(added) ? added.map(({ content }: { content: string }) => content) : []);

/** Entries in the order of their ids. */
export const tokensById = (model: Exclude<ModelJson, { type: "Unigram" }>): string[] =>
  Object.entries(model.vocab)
    .sort(([, a], [, b]) => a - b)
    .map(([token]) => token);

const charactersOf = (token: string) => Array.from(token.replace(/^##/, "")).length;

/** The smallest size that still has every single character; undefined where sizes cannot be chosen afterwards. */
export function smallestSize(tokenizer: TokenizerJson): number | undefined {
  const { model } = tokenizer;
  if (model.type === "Unigram") return undefined;
  const added = addedTokens(tokenizer);
  const tokens = tokensById(model);
  const isLearned = (token: string) => !added.has(token) && (model.type === "WordLevel" || charactersOf(token) > 1);
  const first = tokens.findIndex(isLearned);
  return first < 0 ? tokens.length : first;
}

/** @param size entries to keep, at least smallestSize */
export function trimmed(tokenizer: TokenizerJson, size: number): TokenizerJson {
  const { model } = tokenizer;
  if (model.type === "Unigram" || size >= vocabularySize(tokenizer)) return tokenizer;
  const vocab = Object.fromEntries(Object.entries(model.vocab).filter(([, id]) => id < size));
  if (model.type !== "BPE") return { ...tokenizer, model: { ...model, vocab } };
  const end = model.merges.findIndex((merge) => !(pairOf(merge).join("") in vocab));
  return { ...tokenizer, model: { ...model, vocab, merges: end < 0 ? model.merges : model.merges.slice(0, end) } };
}

/** Merges stand as pairs, in older files as "left right". */
export const pairOf = (merge: [string, string] | string) =>
  (typeof merge === "string" ? merge.split(" ") : merge) as [string, string];
