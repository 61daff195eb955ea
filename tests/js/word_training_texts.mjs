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
export const corpus = Array.from({ length: 600 }, (_, i) =>
  Array.from({ length: 8 }, () => worlds[i % 2][random(4)]).join(" "),
);

/** Of words and rows, bit for bit. */
export const hashOf = ({ words, rows }) =>
  createHash("sha256")
    .update(words.join(" "))
    .update(new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength))
    .digest("hex");
