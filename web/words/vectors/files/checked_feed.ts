// The bytes of a file that states a checksum, summed as they are taken.
import { KinvecError } from "../../../errors.ts";
import type { ByteFeed } from "../../../source/byte_feed.ts";
import { Xxh64 } from "../../../xxh64.ts";

export class CheckedFeed {
  readonly #feed: ByteFeed;
  readonly #expected: string | undefined;
  readonly #sum = new Xxh64();

  /**
   * @param start what was taken before, as the checksum has it
   * @param expected sixteen hexadecimal digits; undefined where the file has none
   */
  constructor(feed: ByteFeed, start: Uint8Array, expected: string | undefined) {
    this.#feed = feed;
    this.#expected = expected;
    this.#add(start);
  }

  get position(): number {
    return this.#feed.position;
  }

  /** As ByteFeed.announces. */
  announces(count: number): boolean {
    return this.#feed.announces(count);
  }

  /** As ByteFeed.take. */
  async take(count: number): Promise<Uint8Array> {
    const bytes = await this.#feed.take(count);
    this.#add(bytes);
    return bytes;
  }

  /** Throws MODEL_HASH unless all of the file has been taken and is what was summed. */
  verify(): void {
    if (this.#expected === undefined || this.#sum.digest() === this.#expected) return;
    throw new KinvecError("MODEL_HASH", "the bytes do not match the file's checksum; the file is damaged");
  }

  #add(bytes: Uint8Array): void {
    if (this.#expected !== undefined) this.#sum.update(bytes);
  }
}
