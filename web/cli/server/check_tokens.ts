// The limit of tokens per request, checked before any of them is embedded.
import type { Model } from "../../model.ts";
import { HttpError } from "./http_error.ts";

/**
 * Counts what would be embedded: special tokens included, each text cut at the model's limit.
 *
 * @throws HttpError 413.
 */
export async function checkTokens(
  model: Model,
  texts: readonly string[],
  maxTokens: number,
  signal: AbortSignal,
): Promise<void> {
  if (texts.length * model.info().maxTokens <= maxTokens) return; // however long the texts are
  let count = 0;
  for (const text of texts) {
    count += (await model.tokenize(text, { signal })).ids.length;
    if (count > maxTokens) {
      throw new HttpError(413, "too_many_tokens", `input has more than ${maxTokens} tokens`);
    }
  }
}
