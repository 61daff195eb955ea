// Added tokens: strings found in the raw text before anything else, with the flags that govern the match.
import type { Metadata } from "./gguf_types.ts";
import type { JsonObject } from "./json_file.ts";

export interface AddedToken {
  id: number;
  content: string;
  special: boolean;
  /** Bits of kinvec.tokenizer.added_token_flags. */
  flags: number;
}

const kFlags = { single_word: 1, lstrip: 2, rstrip: 4, normalized: 8, special: 16 } as const;

export function parseAddedToken(token: JsonObject): AddedToken {
  let flags = 0;
  for (const [name, bit] of Object.entries(kFlags)) if (token.boolean(name, false)) flags |= bit;
  return {
    id: token.integer("id", 0, 1 << 24),
    content: token.string("content"),
    special: (flags & kFlags.special) !== 0,
    flags,
  };
}

export function addedTokenMetadata(added: readonly AddedToken[]): Metadata {
  return new Map([
    ["kinvec.tokenizer.added_tokens", { type: "i32[]", value: added.map(({ id }) => id) }],
    ["kinvec.tokenizer.added_token_flags", { type: "u8[]", value: added.map(({ flags }) => flags) }],
  ]);
}
