// The figures by which the schemes are compared.
import type { Encoded } from "../worker/protocol.ts";
import type { TextInfo } from "./text_info.ts";

export interface Counts {
  tokens: number;
  unknown: number;
  /** Absent where the text has no words. */
  tokensPerWord: number | undefined;
  /** Code points; absent where there are no tokens. */
  charactersPerToken: number | undefined;
}

export function countsOf(encoded: Encoded, { words, characters }: TextInfo): Counts {
  const tokens = encoded.ids.length;
  let unknown = 0;
  for (const id of encoded.ids) if (id === encoded.unknownId) unknown += 1;
  return {
    tokens,
    unknown,
    tokensPerWord: words > 0 ? tokens / words : undefined,
    charactersPerToken: tokens > 0 ? characters / tokens : undefined,
  };
}
