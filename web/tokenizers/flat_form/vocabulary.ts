// The vocabulary of a tokenizer.json, of the model and of the tokens added beside it, by id. Ids are given to added
// tokens as the reference gives them: the model's own id, or the next one after its vocabulary.
import type { Metadata } from "../../convert/gguf_types.ts";
import { type JsonObject, shown } from "../../convert/json_file.ts";
import { KinvecError } from "../../errors.ts";
import { readScore } from "./score.ts";

const kMostTokens = 1 << 24;
/** Ids may have no token, but not many more than have one. */
const kMostHoles = 65536;

/** Bits of kinvec.tokenizer.added_token_flags. */
export const ADDED_TOKEN_FLAGS = { single_word: 1, lstrip: 2, rstrip: 4, normalized: 8, special: 16 } as const;

export class VocabularyBuilder {
  readonly #model: string;
  readonly #ids = new Map<string, number>();
  readonly #tokens: string[] = []; // by id; holes are undefined
  readonly #scores: number[] | undefined;
  /** Tokens of the model, counting a token once for each time it is listed. */
  readonly #modelSize: number;
  readonly #added = new Map<number, number>(); // id to flags
  readonly #addedOnly: number[] = [];

  /** Takes over a vocabulary: an object of ids by token, or, `scored`, a list of tokens with their scores. */
  constructor(model: JsonObject, scored: boolean) {
    this.#model = model.name;
    if (scored) {
      const list = model.list("vocab");
      this.#scores = [];
      for (const [id, entry] of list.entries()) this.#addScored(entry, id);
      this.#modelSize = list.length;
    } else {
      const { values } = model.object("vocab");
      let count = 0;
      for (const token in values) {
        this.#addModelToken(token, values[token]);
        count++;
      }
      this.#modelSize = count;
    }
    if (this.#tokens.length > 2 * this.#modelSize + kMostHoles) {
      throw this.#damaged(`has ${this.#modelSize} tokens with ids up to ${this.#tokens.length - 1}`);
    }
  }

  /** The id of a token of the model, if it has it. */
  id(token: string): number | undefined {
    return this.#ids.get(token);
  }

  /** Enters the added tokens, in their order; the ids in the file are not used, as in the reference. */
  addTokens(tokens: readonly JsonObject[]): void {
    const ids = new Map<string, number>();
    let next = this.#modelSize;
    for (const token of tokens) {
      const content = token.string("content");
      if (content === "") continue;
      let flags = 0;
      for (const [name, bit] of Object.entries(ADDED_TOKEN_FLAGS)) if (token.boolean(name)) flags |= bit;
      let id = ids.get(content) ?? this.#ids.get(content);
      if (id === undefined) {
        id = next++;
        if (this.#tokens[id] !== undefined) {
          const message = `${token.name} gets id ${id}, which the vocabulary uses already`;
          throw new KinvecError("UNSUPPORTED_TOKENIZER", `${message}; number the vocabulary without gaps`);
        }
        this.#tokens[id] = content;
        this.#addedOnly.push(id);
      }
      ids.set(content, id);
      // Once special, a token stays so.
      this.#added.set(id, flags | ((this.#added.get(id) ?? 0) & ADDED_TOKEN_FLAGS.special));
    }
  }

  writeTo(metadata: Metadata): void {
    const tokens = Array.from(this.#tokens, (token) => token ?? "");
    metadata.set("tokenizer.ggml.tokens", { type: "string[]", value: tokens });
    if (this.#scores) metadata.set("kinvec.tokenizer.scores", { type: "f64[]", value: this.#scores });
    if (this.#added.size === 0) return;
    metadata.set("kinvec.tokenizer.added_tokens", { type: "i32[]", value: [...this.#added.keys()] });
    metadata.set("kinvec.tokenizer.added_token_flags", { type: "u8[]", value: [...this.#added.values()] });
    if (this.#addedOnly.length > 0) {
      metadata.set("kinvec.tokenizer.added_only", { type: "i32[]", value: this.#addedOnly });
    }
  }

  #addScored(entry: unknown, id: number): void {
    if (!Array.isArray(entry) || typeof entry[0] !== "string" || typeof entry[1] !== "number") {
      throw this.#damaged(`has no pair of token and score at ${id}`);
    }
    const [token, score] = entry;
    this.#tokens[id] = token;
    this.#ids.set(token, id);
    this.#scores?.push(readScore(score));
  }

  #addModelToken(token: string, id: unknown): void {
    if (typeof id !== "number" || !Number.isInteger(id) || id < 0 || id >= kMostTokens) {
      throw this.#damaged(`gives ${JSON.stringify(token)} the id ${shown(id)}`);
    }
    const other = this.#tokens[id];
    if (other !== undefined) {
      throw this.#damaged(`gives ${JSON.stringify(other)} and ${JSON.stringify(token)} the same id ${id}`);
    }
    this.#tokens[id] = token;
    this.#ids.set(token, id);
  }

  #damaged(what: string): KinvecError {
    return new KinvecError("MODEL_FORMAT", `${this.#model}: vocab ${what}`);
  }
}
