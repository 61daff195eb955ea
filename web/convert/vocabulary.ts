// A WordPiece vocabulary with its added tokens, and its form in GGUF.
import { KinvecError } from "../errors.ts";
import type { AddedToken } from "./added_tokens.ts";
import { parseAddedToken } from "./added_tokens.ts";
import type { EncoderSizes } from "./checkpoint.ts";
import type { Metadata } from "./gguf_types.ts";
import type { JsonObject } from "./json_file.ts";

// Token types of GGUF.
const kNormal = 1;
const kUnknown = 2;
const kControl = 3;

export class Vocabulary {
  /** By id. */
  readonly tokens: readonly string[];
  readonly added: readonly AddedToken[];
  readonly #ids: ReadonlyMap<string, number>;

  constructor(model: JsonObject, addedTokens: readonly JsonObject[]) {
    const vocab = model.object("vocab");
    const ids = new Map(vocab.keys().map((token) => [token, vocab.integer(token, 0, 1 << 24)]));
    this.added = addedTokens.map(parseAddedToken);
    for (const { content, id } of this.added) ids.set(content, id);
    const tokens: string[] = [];
    for (const [token, id] of ids) {
      if (tokens[id] !== undefined) {
        throw new KinvecError(
          "MODEL_FORMAT",
          `${vocab.name}: ${JSON.stringify(token)} shares id ${id} with another token`,
        );
      }
      tokens[id] = token;
    }
    // Ids are unique, so any hole shows in the length.
    if (tokens.length !== ids.size) {
      const message = `${vocab.name}: ${ids.size} tokens have ids up to ${tokens.length - 1}, so some ids have no token`;
      throw new KinvecError("MODEL_FORMAT", message);
    }
    this.tokens = tokens;
    this.#ids = ids;
  }

  id(token: string): number | undefined {
    return this.#ids.get(token);
  }

  require(token: string): number {
    const id = this.id(token);
    if (id === undefined) throw new KinvecError("MODEL_FORMAT", `the vocabulary has no ${JSON.stringify(token)}`);
    return id;
  }

  /** Token strings and types. Rows of the embedding table without a token get a name that no text can match. */
  metadata(sizes: Pick<EncoderSizes, "vocabulary">, unknownId: number): Metadata {
    checkFits(this.tokens.length, sizes);
    const strings = Array.from({ length: sizes.vocabulary }, (_, id) => ggufForm(this.tokens[id] ?? `[PAD${id}]`));
    const types = new Int32Array(sizes.vocabulary).fill(kNormal);
    for (const { id, special } of this.added) if (special) types[id] = kControl;
    for (let id = this.tokens.length; id < sizes.vocabulary; id++) types[id] = kControl;
    types[unknownId] = kUnknown;
    return new Map([
      ["tokenizer.ggml.tokens", { type: "string[]", value: strings }],
      ["tokenizer.ggml.token_type", { type: "i32[]", value: types }],
    ]);
  }
}

/** Refuses a vocabulary that has more tokens than the embedding table has rows. */
export function checkFits(tokens: number, sizes: Pick<EncoderSizes, "vocabulary">): void {
  if (tokens <= sizes.vocabulary) return;
  const message = `the vocabulary has ${tokens} tokens, the configuration says ${sizes.vocabulary}`;
  throw new KinvecError("MODEL_FORMAT", message);
}

/** As llama.cpp writes WordPiece: pieces that start a word carry a mark, those that continue one carry none. */
function ggufForm(token: string): string {
  if (token.startsWith("##")) return token.slice(2);
  return /^\[.*\]$/s.test(token) ? token : `\u2581${token}`;
}
