// What a trained vocabulary shows of the texts that it was learned from.
import { visible } from "../text/visible.ts";
import { readableToken } from "./readable.ts";
import type { TokenizerJson } from "./tokenizer_json.ts";
import { pairOf, tokensById } from "./trim.ts";

export interface LearnedPiece {
  text: string;
  /** The two pieces that it was joined from. */
  parts?: [string, string];
}

export interface LearnedList {
  title: string;
  pieces: LearnedPiece[];
}

const LONGEST_SHOWN = 24;
const ENDS_SHOWN = 12;

/** Names of the two ends of a vocabulary in the order of its ids. */
const ENDS = {
  BPE: ["First merges", "Newest merges"],
  WordPiece: ["Learned first", "Learned last"],
  WordLevel: ["Most frequent", "Rarest"],
  Unigram: ["Most probable", "Least probable"],
} as const;

/** The learned entries in the order in which they were learned: single characters and special tokens are given, not learned. */
function learnedTokens({ model, added_tokens: added }: TokenizerJson): string[] {
  const special = new Set(Array.isArray(added) ? added.map(({ content }: { content: string }) => content) : []);
  const all = model.type === "Unigram" ? byProbability(model.vocab) : tokensById(model);
  const isLearned = (token: string) =>
    !special.has(token) && (model.type === "WordLevel" || Array.from(token).length > 1);
  return all.filter(isLearned);
}

const byProbability = (vocab: [string, number][]) => vocab.toSorted(([, a], [, b]) => b - a).map(([token]) => token);

export function learnedLists(tokenizer: TokenizerJson): LearnedList[] {
  const { model } = tokenizer;
  const read = (token: string) => visible(readableToken(token, tokenizer));
  const tokens = learnedTokens(tokenizer);
  const longest = tokens
    .map(read)
    .toSorted((a, b) => Array.from(b).length - Array.from(a).length)
    .slice(0, LONGEST_SHOWN)
    .map((text) => ({ text }));
  const ordered: LearnedPiece[] =
    model.type === "BPE"
      ? model.merges.map((merge) => {
          const [left, right] = pairOf(merge);
          return { text: read(left + right), parts: [read(left), read(right)] };
        })
      : tokens.map((token) => ({ text: read(token) }));
  const [first, last] = ENDS[model.type];
  return [
    { title: "Longest", pieces: longest },
    { title: first, pieces: ordered.slice(0, ENDS_SHOWN) },
    { title: last, pieces: ordered.slice(-ENDS_SHOWN).reverse() },
  ];
}
