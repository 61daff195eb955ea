// Tokens as a person would read them: byte spellings as text, the space marks of the schemes as spaces.
import { bytesOf } from "../text/bytes.ts";
import type { TokenizerJson } from "./tokenizer_json.ts";

const decoder = new TextDecoder();

const isByteLevel = (stage: unknown): boolean =>
  typeof stage === "object" && stage !== null && JSON.stringify(stage).includes('"ByteLevel"');

export function readableToken(token: string, tokenizer: TokenizerJson): string {
  if (isByteLevel(tokenizer.pre_tokenizer)) {
    const bytes = bytesOf(token);
    if (bytes) return decoder.decode(Uint8Array.from(bytes));
  }
  return token.replaceAll("\u2581", " ");
}
