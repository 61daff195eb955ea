// XXH64 with seed 0, the checksum that src/xxh64.cpp makes, where no engine is loaded. Bytes may come in pieces. Numbers of
// 64 bits are pairs of 32: BigInt would take many times as long. Algorithm: xxHash specification, version 0.1.1.

/** A number of 64 bits, changed in place. */
class Word {
  high: number;
  low: number;

  constructor(high: number, low: number) {
    this.high = high;
    this.low = low;
  }

  set({ high, low }: Word): this {
    this.high = high;
    this.low = low;
    return this;
  }

  add({ high, low }: Word): this {
    const sum = (this.low >>> 0) + (low >>> 0);
    this.high = (this.high + high + (sum > 0xffffffff ? 1 : 0)) | 0;
    this.low = sum | 0;
    return this;
  }

  multiply({ high, low }: Word): this {
    // The low halves' product has 64 bits, made of those of 16; of the others only the low half counts.
    const [a1, a0] = [this.low >>> 16, this.low & 0xffff];
    const [b1, b0] = [low >>> 16, low & 0xffff];
    const middle = a1 * b0 + ((a0 * b0) >>> 16);
    const other = a0 * b1 + (middle & 0xffff);
    const carried = a1 * b1 + Math.floor(middle / 0x10000) + Math.floor(other / 0x10000);
    this.high = (carried + Math.imul(this.high, low) + Math.imul(this.low, high)) | 0;
    this.low = Math.imul(this.low, low);
    return this;
  }

  /** @param bits 1 to 31 */
  rotate(bits: number): this {
    const high = (this.high << bits) | (this.low >>> (32 - bits));
    this.low = (this.low << bits) | (this.high >>> (32 - bits));
    this.high = high;
    return this;
  }

  xor({ high, low }: Word): this {
    this.high ^= high;
    this.low ^= low;
    return this;
  }

  /** @param bits 1 to 63 */
  xorShifted(bits: number): this {
    if (bits < 32) {
      this.low ^= (this.low >>> bits) | (this.high << (32 - bits));
      this.high ^= this.high >>> bits;
    } else {
      this.low ^= this.high >>> (bits - 32);
    }
    return this;
  }
}

const kPrime1 = new Word(0x9e3779b1, 0x85ebca87);
const kPrime2 = new Word(0xc2b2ae3d, 0x27d4eb4f);
const kPrime3 = new Word(0x165667b1, 0x9e3779f9);
const kPrime4 = new Word(0x85ebca77, 0xc2b2ae63);
const kPrime5 = new Word(0x27d4eb2f, 0x165667c5);
const kBlockBytes = 32;
const kLaneRotations = [1, 7, 12, 18];

export class Xxh64 {
  readonly #lanes = [
    new Word(0, 0).add(kPrime1).add(kPrime2),
    new Word(0, 0).add(kPrime2),
    new Word(0, 0),
    minus(kPrime1),
  ];
  readonly #rest = new Uint8Array(kBlockBytes); // what has come behind the last whole block
  readonly #restView = new DataView(this.#rest.buffer);
  readonly #input = new Word(0, 0);
  #length = 0;

  update(bytes: Uint8Array): this {
    let at = 0;
    const held = this.#length % kBlockBytes;
    this.#length += bytes.byteLength;
    if (held > 0) {
      at = Math.min(kBlockBytes - held, bytes.byteLength);
      this.#rest.set(bytes.subarray(0, at), held);
      if (held + at < kBlockBytes) return this;
      this.#block(this.#restView, 0);
    }
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (; at + kBlockBytes <= bytes.byteLength; at += kBlockBytes) this.#block(view, at);
    this.#rest.set(bytes.subarray(at));
    return this;
  }

  /** Sixteen hexadecimal digits. More bytes may follow. */
  digest(): string {
    const hash = this.#merged();
    hash.add(new Word(Math.floor(this.#length / 2 ** 32), this.#length | 0));
    const end = this.#length % kBlockBytes;
    let at = 0;
    for (; at + 8 <= end; at += 8) {
      const lane = mix(new Word(0, 0), this.#word(this.#restView, at));
      hash.xor(lane).rotate(27).multiply(kPrime1).add(kPrime4);
    }
    if (at + 4 <= end) {
      hash.xor(new Word(0, this.#restView.getInt32(at, true)).multiply(kPrime1));
      hash.rotate(23).multiply(kPrime2).add(kPrime3);
      at += 4;
    }
    for (; at < end; at++) {
      hash
        .xor(new Word(0, this.#rest[at] as number).multiply(kPrime5))
        .rotate(11)
        .multiply(kPrime1);
    }
    hash.xorShifted(33).multiply(kPrime2).xorShifted(29).multiply(kPrime3).xorShifted(32);
    return [hash.high, hash.low].map((half) => (half >>> 0).toString(16).padStart(8, "0")).join("");
  }

  #merged(): Word {
    const hash = new Word(0, 0);
    if (this.#length < kBlockBytes) return hash.add(kPrime5);
    for (const [i, lane] of this.#lanes.entries()) hash.add(copyOf(lane).rotate(kLaneRotations[i] as number));
    for (const lane of this.#lanes)
      hash
        .xor(mix(new Word(0, 0), copyOf(lane)))
        .multiply(kPrime1)
        .add(kPrime4);
    return hash;
  }

  #block(view: DataView, at: number): void {
    for (let i = 0; i < 4; i++) mix(this.#lanes[i] as Word, this.#word(view, at + 8 * i));
  }

  #word(view: DataView, at: number): Word {
    this.#input.low = view.getInt32(at, true);
    this.#input.high = view.getInt32(at + 4, true);
    return this.#input;
  }
}

/** XXH64's round; overwrites `input`. */
function mix(lane: Word, input: Word): Word {
  return lane.add(input.multiply(kPrime2)).rotate(31).multiply(kPrime1);
}

function copyOf(word: Word): Word {
  return new Word(0, 0).set(word);
}

function minus({ high, low }: Word): Word {
  return new Word(~high, ~low).add(new Word(0, 1));
}
