// What the page and its encoding worker say to each other.
import type { RowKey, SchemeKey } from "../schemes.ts";
import type { TokenizerJson } from "../training/tokenizer_json.ts";

/** The tokens of one text under one tokenizer. */
export interface Encoded {
  ids: Int32Array;
  tokens: string[];
  /** [2 * n]: start and end of each token, in UTF-16 units. */
  offsets: Int32Array;
  /** The running number of the word a token belongs to; -1 for none. */
  wordIds: Int32Array;
  /** 1 for tokens that stand for no text. */
  special: Uint8Array;
  /** The id of everything that is not in the vocabulary; -1 if the tokenizer knows no such id. */
  unknownId: number;
}

export type ToWorker =
  /** Fetch and load the page's own tokenizers. */
  | { type: "start"; urls: Record<SchemeKey, string> }
  /** Take what was trained as the row "own". */
  | { type: "own"; tokenizer: TokenizerJson }
  /** Use only the first `size` entries of what was trained, as if training had stopped there. */
  | { type: "ownSize"; size: number }
  | { type: "encode"; text: string; specialTokens: boolean };

export type FromWorker =
  /** `vocabSizes` of every row there is. */
  | { type: "loaded"; vocabSizes: Partial<Record<RowKey, number>> }
  /** `task`: what could not be done. */
  | { type: "failed"; task: ToWorker["type"]; message: string }
  | { type: "encoded"; rows: Partial<Record<RowKey, Encoded>>; milliseconds: number };
