// The words of a file as they are read: decoded, counted and each kept once.
import { KinvecError } from "../../../errors.ts";
import type { ByteFeed } from "../../../source/byte_feed.ts";

/** What becomes of a word whose bytes are not valid UTF-8. */
export type InvalidUtf8 = "error" | "replace" | "skip";

/** Nothing longer is a word. */
export const MOST_WORD_BYTES = (1 << 16) - 1;

/** The bytes before the next byte `end`, which is taken as well; valid until the next call. Throws MODEL_FORMAT. */
export async function takeWord(feed: ByteFeed, end: number): Promise<Uint8Array> {
  const at = feed.position;
  const bytes = await feed.takeUpTo(MOST_WORD_BYTES + 1, end);
  if (bytes[bytes.byteLength - 1] === end) return bytes.subarray(0, -1);
  if (bytes.byteLength <= MOST_WORD_BYTES) throw feed.endedEarly();
  throw new KinvecError("MODEL_FORMAT", `a word of more than ${MOST_WORD_BYTES} bytes`, { at });
}

export class Vocabulary {
  readonly words: string[] = [];
  /** How many words at most are kept. */
  readonly limit: number;
  readonly #known = new Set<string>();
  readonly #decoder: TextDecoder;
  readonly #skipsInvalid: boolean;

  constructor(limit: number, invalidUtf8: InvalidUtf8) {
    this.limit = limit;
    this.#decoder = new TextDecoder("utf-8", { fatal: invalidUtf8 !== "replace", ignoreBOM: true });
    this.#skipsInvalid = invalidUtf8 === "skip";
  }

  /** Whether as many words have been kept as are wanted. */
  get full(): boolean {
    return this.words.length >= this.limit;
  }

  /**
   * Adds a word; answers whether it is kept: not if it is already there, the vocabulary is full, or it is to be skipped.
   *
   * @param line of a text file, from 1
   * @throws KinvecError MODEL_FORMAT for bytes that are not UTF-8, if that is an error.
   */
  add(bytes: Uint8Array, at: number, line?: number): boolean {
    if (this.full) return false;
    const word = this.#decode(bytes, at, line);
    return word !== undefined && this.addWord(word);
  }

  /** As `add`, of a word that is decoded. */
  addWord(word: string): boolean {
    if (this.full || this.#known.has(word)) return false;
    this.#known.add(word);
    this.words.push(word);
    return true;
  }

  #decode(bytes: Uint8Array, at: number, line: number | undefined): string | undefined {
    try {
      return this.#decoder.decode(bytes);
    } catch (cause) {
      if (this.#skipsInvalid) return undefined;
      const place = line === undefined ? `the word at byte ${at}` : `line ${line}: the word`;
      const message = `${place} is not valid UTF-8; the option invalidUtf8 can replace or skip it`;
      throw new KinvecError("MODEL_FORMAT", message, { at, cause });
    }
  }
}
