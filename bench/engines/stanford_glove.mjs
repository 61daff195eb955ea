// GloVe by its authors' programs, with one thread.

import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/**
 * Writes `vectors.txt` into `folder`.
 * @param {string} programs where vocab_count, cooccur, shuffle and glove are
 * @returns {number} words per second of wall time; the program takes one thread
 */
export function trainStanfordGlove(programs, text, options, folder) {
  const at = (name) => path.join(folder, name);
  const program = (name, args, input, output) => {
    const printed = execFileSync(path.join(programs, name), args, {
      input,
      maxBuffer: 2 ** 32,
      stdio: ["pipe", "pipe", "ignore"],
    });
    writeFileSync(at(output), printed);
  };
  const { dimensions, window, minCount, xMax, epochs, learningRate, seed } = options;
  const words = readFileSync(text);
  program("vocab_count", ["-min-count", minCount, "-verbose", 0].map(String), words, "vocab.txt");
  program(
    "cooccur",
    ["-vocab-file", at("vocab.txt"), "-window-size", window, "-overflow-file", at("overflow"), "-verbose", 0].map(
      String,
    ),
    words,
    "pairs.bin",
  );
  program(
    "shuffle",
    ["-seed", seed, "-temp-file", at("shuffling"), "-verbose", 0].map(String),
    readFileSync(at("pairs.bin")),
    "shuffled.bin",
  );

  const settings = [
    "-input-file",
    at("shuffled.bin"),
    "-vocab-file",
    at("vocab.txt"),
    "-save-file",
    at("vectors"),
    "-threads",
    1,
  ];
  const numbers = ["-vector-size", dimensions, "-x-max", xMax, "-iter", epochs, "-eta", learningRate, "-seed", seed];
  const start = performance.now();
  const { status } = spawnSync(
    path.join(programs, "glove"),
    [...settings, ...numbers, "-binary", 0, "-model", 2, "-verbose", 0].map(String),
  );
  if (status !== 0) throw new Error(`glove ended with ${status}`);
  const counts = readFileSync(at("vocab.txt"), "utf8")
    .trim()
    .split("\n")
    .map((line) => Number(line.split(" ")[1]));
  return (1000 * epochs * counts.reduce((sum, count) => sum + count, 0)) / (performance.now() - start);
}
