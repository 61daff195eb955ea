// Random texts that look for trouble, the same ones as tests/golden/tokenizer/random_texts.py makes.
// Text number i depends on i alone. A lone surrogate may be in it.

/** Ranges of code points, both ends included, by the name of what they are. */
const ranges = {
  lower: [[0x61, 0x7a]],
  ascii: [[0x20, 0x7e]],
  latin: [
    [0x41, 0x7a],
    [0xa0, 0x24f],
    [0x1e00, 0x1eff],
    [0x2c60, 0x2c7f],
    [0xa720, 0xa7ff],
  ],
  european: [
    [0x370, 0x58f],
    [0x10a0, 0x10ff],
    [0x13a0, 0x13ff],
    [0x1c80, 0x1cbf],
    [0x1f00, 0x1fff],
    [0x2d00, 0x2d2f],
  ],
  eastern: [
    [0x590, 0x7ff],
    [0x900, 0xdff],
    [0xe00, 0x109f],
    [0x1780, 0x18af],
    [0xfb1d, 0xfdff],
  ],
  ideograph: [
    [0x3000, 0x30ff],
    [0x3400, 0x3410],
    [0x4db0, 0x9fff],
    [0xf900, 0xfaff],
    [0x2a6d0, 0x2a710],
    [0x2f800, 0x2fa1f],
  ],
  hangul: [
    [0x1100, 0x11ff],
    [0xac00, 0xd7a3],
    [0xac00, 0xafff],
  ],
  mark: [
    [0x300, 0x36f],
    [0x300, 0x345],
    [0x591, 0x5c7],
    [0x64b, 0x65f],
    [0x8d3, 0x8ff],
    [0x93c, 0x94d],
    [0xe38, 0xe4e],
    [0xf71, 0xf87],
    [0x1ab0, 0x1ace],
    [0x1dc0, 0x1dff],
    [0x20d0, 0x20f0],
    [0x302a, 0x302f],
    [0x3099, 0x309a],
    [0xfe20, 0xfe2f],
    [0x1d165, 0x1d172],
    [0x16ff0, 0x16ff1],
    [0x11938, 0x11943],
  ],
  control: [
    [0x0, 0x20],
    [0x7f, 0xa0],
    [0xad, 0xad],
    [0x600, 0x605],
    [0x1680, 0x1680],
    [0x180e, 0x180e],
    [0x2000, 0x200f],
    [0x2028, 0x202f],
    [0x205f, 0x206f],
    [0x3000, 0x3000],
    [0xe000, 0xe00f],
    [0xfdd0, 0xfdd3],
    [0xfeff, 0xfeff],
    [0xfff0, 0xffff],
    [0xe0000, 0xe007f],
    [0x10fff0, 0x10ffff],
  ],
  punctuation: [
    [0x21, 0x2f],
    [0x3a, 0x40],
    [0x5b, 0x60],
    [0x7b, 0x7e],
    [0xa1, 0xbf],
    [0x2010, 0x205e],
    [0x3001, 0x3020],
    [0xfe30, 0xfe6f],
  ],
  emoji: [
    [0x1f300, 0x1f64f],
    [0x1f900, 0x1f9ff],
    [0x2600, 0x27bf],
  ],
  styled: [
    [0x1d400, 0x1d7ff],
    [0x1e900, 0x1e94b],
    [0x10400, 0x1044f],
    [0x118a0, 0x118df],
    [0xff01, 0xff5e],
  ],
  surrogate: [[0xd800, 0xdfff]],
  any: [
    [0x0, 0xd7ff],
    [0xe000, 0xffff],
    [0x10000, 0x1ffff],
    [0x10000, 0x10ffff],
  ],
};

const scripts = Object.keys(ranges).filter((name) => name !== "mark" && name !== "surrogate");
const pieces = [
  "[MASK]",
  "[SEP]",
  "[CLS]",
  "[PAD]",
  "[UNK]",
  "[MASK",
  "[mask]",
  "[[SEP]]",
  "[ SEP]",
  "[unused1]",
  "##ing",
  "\ud83d\udc69\u200d\ud83d\udc69\u200d\ud83d\udc67",
  "\u2764\ufe0f",
  "\ud83c\uddeb\ud83c\uddee",
  "\ud83d\udc4d\ud83c\udffd",
  "\u0130stanbul",
  "\u03a3\u038a\u03a3\u03a5\u03a6\u039f\u03a3",
  "e\u0323\u0301",
  "\u1e69",
  "\u01d8",
  "don't",
  "U.S.A.",
  "na\u00efve",
  "Stra\u00dfe",
  "3.14",
  "e-mail",
  "http://a.b/c?d=e&f=g",
  "unaffable",
  "embeddings",
  "hillclimbing",
];
const words = (
  "The of and to in is you that it he was for on are as with his they at be This have from or one " +
  "had by word but not what all were We when your can said there use an each which she do how " +
  "their if will up other about out many then them these so some her would international " +
  "understanding environmental responsibility characteristics"
).split(" ");
const separators = ["", "", " ", " ", " ", " ", "  ", "\n", "\t", "-", ", ", ". "];

/** xorshift32; `below(n)` is the high end of the product of state and n. */
export class Random {
  constructor(seed) {
    this.state = (Math.imul(seed, 0x9e3779b9) + 0x6a09e667) >>> 0 || 1;
    for (let i = 0; i < 4; i++) this.below(2);
  }

  below(n) {
    let x = this.state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.state = x >>> 0;
    return Math.floor((this.state * n) / 2 ** 32);
  }

  choice(items) {
    return items[this.below(items.length)];
  }

  character(name) {
    const [first, last] = this.choice(ranges[name]);
    return String.fromCodePoint(first + this.below(last - first + 1));
  }

  characters(name, count) {
    return Array.from({ length: count }, () => this.character(name)).join("");
  }
}

function segment(random) {
  const kind = random.below(16);
  if (kind < 4) return random.choice(words);
  if (kind < 9) {
    const script = random.choice(scripts);
    return random.characters(script, 1 + random.below(12));
  }
  if (kind < 11) return random.choice(pieces);
  if (kind < 13) {
    const base = random.character(random.choice(scripts));
    return base + random.characters("mark", 1 + random.below(6));
  }
  if (kind === 13) return random.character("surrogate");
  if (kind === 14) return random.character("any");
  if (random.below(8) > 0) return random.character("latin") + random.character("mark") + random.character("latin");
  const unit = random.choice(["a", "xy", "\u00e9", "e\u0301", "\u{1f600}", "\u0451", "\u1e69"]);
  const length = 90 + random.below(20);
  return unit.repeat(Math.floor(length / (1 + random.below(2))));
}

export function randomText(i) {
  const random = new Random(i);
  let text = "";
  for (let left = 1 + random.below(12); left > 0; left--) {
    text += segment(random);
    text += random.choice(separators);
  }
  return text;
}
