// The limit of tokens per request, checked before any of them is embedded.
import type { Model } from "../../model.ts";
import { HttpError } from "./http_error.ts";

const kMostTokensPerUnit = 3; // a UTF-16 unit has at most three bytes in UTF-8, and a byte is at least a token
const kSpecialTokens = 8;

/** @throws HttpError 413. Texts are counted as they are embedded: with the model's special tokens, and cut at its limit. */
export async function checkTokens(
  model: Model,
  texts: readonly string[],
  maxTokens: number,
  signal: AbortSignal,
): Promise<void> {
  // Counting takes time: most requests are so short that their texts' length tells.
  const most = Math.min(model.info().maxTokens, Number.MAX_SAFE_INTEGER);
  const bound = (text: string) => Math.min(kMostTokensPerUnit * text.length + kSpecialTokens, most);
  if (texts.reduce((sum, text) => sum + bound(text), 0) <= maxTokens) return;

  let count = 0;
  for (const text of texts) {
    count += (await model.tokenize(text, { signal })).ids.length;
    if (count > maxTokens) {
      throw new HttpError(413, "too_many_tokens", `input has more than ${maxTokens} tokens`);
    }
  }
}
