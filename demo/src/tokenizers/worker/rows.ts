// The tokenizers of the comparison, and one text under all of them.
import type { Encoding, Tokenizer } from "kinvec/tokenizers";
import { loadTokenizer } from "kinvec/tokenizers";
import type { RowKey } from "../schemes.ts";
import { type TokenizerJson, unknownIdOf } from "../training/tokenizer_json.ts";
import type { Encoded } from "./protocol.ts";

interface Row {
  tokenizer: Tokenizer;
  unknownId: number;
}

function flatten(encoding: Encoding, unknownId: number): Encoded {
  const { ids, tokens, offsets, wordIds, specialTokensMask } = encoding;
  return {
    ids,
    tokens,
    offsets: Int32Array.from(offsets.flat()),
    wordIds: Int32Array.from(wordIds, (word) => word ?? -1),
    special: specialTokensMask,
    unknownId,
  };
}

export class Rows {
  readonly #rows = new Map<RowKey, Row>();

  /** Takes the place of the row's earlier tokenizer. */
  async set(key: RowKey, json: TokenizerJson): Promise<void> {
    const tokenizer = await loadTokenizer(json);
    this.#rows.get(key)?.tokenizer.dispose();
    this.#rows.set(key, { tokenizer, unknownId: unknownIdOf(json) });
  }

  vocabSizes(): Partial<Record<RowKey, number>> {
    return Object.fromEntries(Array.from(this.#rows, ([key, { tokenizer }]) => [key, tokenizer.vocabSize]));
  }

  encode(text: string, addSpecialTokens: boolean): Partial<Record<RowKey, Encoded>> {
    const encoded = Array.from(this.#rows, ([key, { tokenizer, unknownId }]) => [
      key,
      flatten(tokenizer.encode(text, { addSpecialTokens }), unknownId),
    ]);
    return Object.fromEntries(encoded);
  }
}
