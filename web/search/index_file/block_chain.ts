// The checksums of a file: each is over the one before it and the bytes it stands behind, so that no two files are
// mixed up in one, and each piece is known to be right before it is used.
import type { SearchInstance } from "../../native/search_instance.ts";
import { CHECKSUM_BYTES } from "./layout.ts";

export class BlockChain {
  readonly #instance: SearchInstance;
  #last: Uint8Array<ArrayBuffer> = new Uint8Array(CHECKSUM_BYTES); // zeros before the header

  constructor(instance: SearchInstance) {
    this.#instance = instance;
  }

  /**
   * Has `bytes` bytes of the engine's memory filled, and then used together with their checksum.
   * @param fill gets where they are to be written
   * @param use gets where they are
   */
  next<T>(bytes: number, fill: (pointer: number) => void, use: (checksum: Uint8Array, pointer: number) => T): T {
    return this.#instance.withMemory(CHECKSUM_BYTES + bytes, (start) => {
      const pointer = start + CHECKSUM_BYTES;
      this.#instance.run(({ HEAPU8 }) => HEAPU8.set(this.#last, start));
      fill(pointer);
      const digits = this.#instance.run((native) => native.xxh64(start, CHECKSUM_BYTES + bytes));
      const checksum = new Uint8Array(CHECKSUM_BYTES);
      new DataView(checksum.buffer).setBigUint64(0, BigInt(`0x${digits}`), true);
      this.#last = checksum;
      return use(checksum, pointer);
    });
  }
}
