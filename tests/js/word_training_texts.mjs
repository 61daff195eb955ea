// Texts to train word vectors on, and a hash of what is learnt.

import { createHash } from "node:crypto";

/** Texts in which the words of either group are neighbours only of their like. */
export const worlds = [
  ["sunlight", "moonlight", "starlight", "sky"],
  ["bread", "soup", "salt", "rice"],
];
let state = 7;
/** An integer below `limit`, by the generator of Park and Miller. */
const random = (limit) => {
  state = (state * 16807) % (2 ** 31 - 1);
  return state % limit;
};
const textsOf = (groups) =>
  Array.from({ length: 600 }, (_, i) => {
    const words = groups[i % groups.length];
    return Array.from({ length: 8 }, () => words[random(words.length)]).join(" ");
  });
export const corpus = textsOf(worlds);

/** 4,000 lists of 100 words of so many, each word of which makes two others likely to follow. */
export function chainOf(count) {
  return Array.from({ length: 4000 }, () => {
    let word = random(count);
    return Array.from({ length: 100 }, () => {
      word = random(10) < 6 ? (7 * word + 1 + random(2)) % count : Math.min(random(count), random(count));
      return `w${word}`;
    });
  });
}

/** Texts of another domain, to which the sky belongs as well. Some of the words are in neither. */
export const newWords = ["pixel", "screen", "shader", "render"];
export const domain = textsOf([["sky", ...newWords], worlds[0].slice(1, 3)]);

/** Of words and rows, bit for bit. */
export const hashOf = ({ words, rows }) =>
  createHash("sha256")
    .update(words.join(" "))
    .update(new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength))
    .digest("hex");
