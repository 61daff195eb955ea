// The tokenizer of a distilled model: the teacher's, with no special tokens around a text and with fewer tokens.
import { KinvecError } from "../../errors.ts";
import { Engine } from "../../native/engine.ts";
import type { Instance } from "../../native/instance.ts";
import { NATIVE_DTYPES, NATIVE_POOLINGS } from "../../native/module.ts";
import { type Metadata, u32 } from "../gguf_types.ts";
import { GgufWriter } from "../gguf_writer.ts";
import type { OnShare } from "../share.ts";
import { staticMetadata } from "../static_table.ts";
import { TokenLists } from "./token_lists.ts";

const kUnknown = "tokenizer.ggml.unknown_token_id";
const kTokens = "tokenizer.ggml.tokens";
/** A token that starts a word carries this mark in the file. */
const kWordStart = "\u2581";
const kBatch = 1024;

export class StudentTokenizer {
  readonly #metadata: Metadata;
  /** The teacher's ids of the tokens kept, ascending. */
  readonly kept: readonly number[];

  private constructor(metadata: Metadata, kept: readonly number[]) {
    this.#metadata = metadata;
    this.kept = kept;
  }

  /**
   * All tokens of a WordPiece vocabulary that a text can have. `metadata` is the teacher's file's.
   * Throws UNSUPPORTED_TOKENIZER for other kinds.
   */
  static of(metadata: Metadata): StudentTokenizer {
    if (metadata.get("tokenizer.ggml.model")?.value !== "bert") {
      throw new KinvecError("UNSUPPORTED_TOKENIZER", "only models with BERT's tokenizer can be distilled");
    }
    const tokens = tokensOf(metadata);
    const unknown = metadata.get(kUnknown)?.value ?? tokens.indexOf("[UNK]");
    const kept = tokens.flatMap((token, id) => (id === unknown || !/^\[.+\]$/.test(token) ? [id] : []));
    return new StudentTokenizer(metadata, kept);
  }

  /**
   * The tokenizer with the `size` tokens that are most frequent in texts. Every character that a kept token or a text
   * has stays a token, so that words whose token is gone fall apart into those that are left.
   */
  pruned(counts: Float64Array, size: number): StudentTokenizer {
    const tokens = tokensOf(this.#metadata);
    const needed = (index: number) => {
      const token = tokens[this.kept[index] as number] as string;
      const isCharacter = [...token.replace(kWordStart, "")].length === 1;
      return this.kept[index] === this.#unknown ? 2 : isCharacter && (counts[index] as number) > 0 ? 1 : 0;
    };
    const order = this.kept.map((_, index) => index);
    order.sort((a, b) => needed(b) - needed(a) || (counts[b] as number) - (counts[a] as number) || a - b);
    const chosen = order.slice(0, size).sort((a, b) => a - b);
    return new StudentTokenizer(
      this.#metadata,
      chosen.map((index) => this.kept[index] as number),
    );
  }

  get size(): number {
    return this.kept.length;
  }

  /** Index of the unknown token among those kept. */
  get unknown(): number {
    return this.kept.indexOf(this.#unknown);
  }

  get #unknown(): number {
    return (this.#metadata.get(kUnknown)?.value as number | undefined) ?? tokensOf(this.#metadata).indexOf("[UNK]");
  }

  /** For the student's file. */
  metadata(): Metadata {
    const tokens = tokensOf(this.#metadata);
    const metadata: Metadata = new Map();
    for (const [key, value] of this.#metadata) {
      if (key === "tokenizer.ggml.model" || key.startsWith("kinvec.tokenizer.")) metadata.set(key, value);
    }
    metadata.set(kTokens, { type: "string[]", value: this.kept.map((id) => tokens[id] as string) });
    metadata.set(kUnknown, u32(this.unknown));
    for (const key of ["prefix", "suffix", "added_tokens"]) {
      metadata.set(`kinvec.tokenizer.${key}`, { type: "i32[]", value: [] });
    }
    metadata.set("kinvec.tokenizer.added_token_flags", { type: "u8[]", value: [] });
    return metadata;
  }

  /** The known tokens of texts, as indices among those kept. */
  async tokenize(instance: Instance, texts: readonly string[], onShare: OnShare): Promise<TokenLists> {
    // A model of vectors with one value each, of which only the tokenizer is used.
    const metadata = new Map([...staticMetadata(1, false), ...this.metadata()]);
    const file = new GgufWriter(metadata, [{ name: "token_embd.weight", type: "F32", shape: [1, this.size] }]);
    const engine = new Engine(instance);
    engine.modelBlock.reserve(file.bytes.byteLength);
    engine.modelBlock.write(0, file.bytes);
    engine.load({ dtype: NATIVE_DTYPES.auto, pooling: NATIVE_POOLINGS.mean, verifyChecksum: false });
    const { unknown } = this;
    const ids: number[] = [];
    const starts = new Uint32Array(texts.length + 1);
    for (let start = 0; start < texts.length; start += kBatch) {
      await onShare(start / texts.length);
      engine.tokenize(texts.slice(start, start + kBatch));
      const batch = engine.encoding().ids;
      let place = 0;
      for (const [index, count] of engine.windowCounts().entries()) {
        for (const id of batch.subarray(place, place + count)) if (id !== unknown) ids.push(id);
        place += count;
        starts[start + index + 1] = ids.length;
      }
    }
    engine.release();
    return new TokenLists(Int32Array.from(ids), starts, this.size);
  }
}

function tokensOf(metadata: Metadata): readonly string[] {
  return (metadata.get(kTokens)?.value ?? []) as readonly string[];
}
