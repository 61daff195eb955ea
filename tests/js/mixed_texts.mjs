// Texts that mix what split patterns, normalizers and added tokens tell apart, the same ones as
// tests/golden/tokenizer/mixed_texts.py makes. Text number i depends on i alone.

import { goldenJson } from "./goldens.mjs";
import { Random } from "./random_texts.mjs";

const pieces = goldenJson("tokenizer/mixed_texts.json");

function letters(random, count) {
  const ranges = random.choice(pieces.letters);
  let text = "";
  for (let i = 0; i < count; i++) {
    const [first, last] = random.choice(ranges);
    text += String.fromCodePoint(first + random.below(last - first + 1));
  }
  return text;
}

function some(random, name, count) {
  let text = "";
  for (let i = 0; i < count; i++) text += random.choice(pieces[name]);
  return text;
}

function word(random) {
  let text = random.choice(pieces.words);
  const form = random.below(8);
  if (form === 0) text = text[0].toUpperCase() + text.slice(1);
  else if (form === 1) text = text.toUpperCase();
  return random.below(5) === 0 ? text + random.choice(pieces.suffixes) : text;
}

function segment(random) {
  const kind = random.below(16);
  if (kind < 3) return ` ${word(random)}`;
  if (kind === 3) return word(random);
  if (kind === 4) return some(random, "numbers", 1 + random.below(2));
  if (kind < 7) return some(random, "white", 1 + random.below(4));
  if (kind === 7) return some(random, "marks", 1 + random.below(4));
  if (kind === 8) return some(random, "graphemes", 1 + random.below(3));
  if (kind === 9) return some(random, "compatible", 1 + random.below(3));
  if (kind === 10) return random.choice(pieces.special);
  if (kind === 11) return some(random, "code", 1 + random.below(3));
  if (kind < 15) {
    const space = random.below(2) === 0 ? " " : "";
    return space + letters(random, 1 + random.below(9));
  }
  return random.choice(pieces.runs).repeat(1 + random.below(1 + random.below(40)));
}

export function mixedText(i) {
  const random = new Random(i);
  let text = "";
  for (let left = 1 + random.below(14); left > 0; left--) text += segment(random);
  return text;
}
