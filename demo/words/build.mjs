// Makes generated/words/: what the page of word vectors shows before anything is trained in it. Word2Vec, GloVe and FastText learn from
// all entries of WordNet; the two models of texts embed the same words one by one. Vectors are int8, in the package's own format.
import { createHash } from "node:crypto";
import { once } from "node:events";
import { copyFileSync, existsSync, readFileSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { cacheFolder } from "../catalogue/cache.mjs";
import { termsOf } from "./vectors.mjs";
import { entries, GROUP_NAMES, groupsOfNouns, LICENCE } from "./wordnet.mjs";

const OUT = new URL("../generated/words/", import.meta.url);
const MODELS = {
  static: new URL("../../models/all-MiniLM-L6-v2-static.q4.gguf", import.meta.url),
  contextual: new URL("../../models/all-MiniLM-L6-v2.q8.gguf", import.meta.url),
};
/** The package's part that trains; the vectors change with it. */
const ENGINE = import.meta.resolve("kinvec/kinvec-words.wasm");

const COMMON = { dimensions: 64, minCount: 8, maxWords: 10_000 };
const TRAINED = {
  word2vec: { ...COMMON, method: "word2vec", window: 8, epochs: 8 },
  glove: { ...COMMON, method: "glove", window: 10, epochs: 25, xMax: 20 },
  fasttext: { ...COMMON, method: "fasttext", window: 8, epochs: 6, buckets: 20_000 },
};

const MAP_WORDS = 40; // of each group
const LEAST_LETTERS = 3; // shorter words are mostly names of chemical elements and the like

const log = (/** @type {string} */ line) => console.log(`demo: ${line}`);
const hashOf = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest("hex");

/** The file of this name, from the cache if what it is made of has not changed. */
async function keep(name, key, make) {
  const kept = join(cacheFolder("demo-words"), `${name}-${key.slice(0, 24)}.gguf`);
  if (!existsSync(kept)) {
    const started = performance.now();
    await writeFile(`${kept}.part`, await make());
    await rename(`${kept}.part`, kept);
    log(`${name} vectors in ${Math.round((performance.now() - started) / 1000)} s`);
  }
  copyFileSync(kept, fileURLToPath(new URL(`${name}.gguf`, OUT)));
}

/** What vectors.mjs makes of these instructions, in a thread of its own. */
async function makeAside(instructions) {
  const thread = new Worker(new URL("vectors.mjs", import.meta.url), { workerData: instructions });
  const [file] = await once(thread, "message");
  return file;
}

/** Words of the texts that get a vector, most frequent first. */
function frequentWords(texts) {
  const counts = new Map();
  for (const text of texts) for (const term of termsOf(text)) counts.set(term, (counts.get(term) ?? 0) + 1);
  const often = [...counts].filter(([, count]) => count >= COMMON.minCount);
  return often
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, COMMON.maxWords)
    .map(([word]) => word);
}

/** The most frequent nouns of each group. */
function mapWords(words) {
  const groupOf = groupsOfNouns();
  return GROUP_NAMES.map((name) => ({
    name,
    words: words.filter((word) => word.length >= LEAST_LETTERS && groupOf.get(word) === name).slice(0, MAP_WORDS),
  }));
}

async function build() {
  const sources = ["build.mjs", "vectors.mjs", "wordnet.mjs"].map((name) =>
    readFileSync(new URL(name, import.meta.url)),
  );
  const engine = readFileSync(fileURLToPath(ENGINE));
  const models = Object.values(MODELS).map((file) => readFileSync(file));
  const stamp = hashOf(...sources, engine, ...models);
  const stampFile = new URL(".stamp", OUT);
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return;

  await rm(OUT, { recursive: true, force: true });
  await mkdir(OUT, { recursive: true });
  const all = entries();
  const texts = all.map(({ text }) => text);
  const words = frequentWords(texts);
  const known = new Set(words);
  // The page itself gets the entries of everyday words: enough to count and to learn from, and a quarter of the bytes.
  const everyday = all.filter(({ lemmas }) => lemmas.some((lemma) => known.has(lemma.toLowerCase())));
  await writeFile(new URL("entries.txt", OUT), everyday.map(({ text }) => text).join("\n"));
  copyFileSync(LICENCE, fileURLToPath(new URL("wordnet_licence.txt", OUT)));
  await writeFile(new URL("groups.json", OUT), JSON.stringify(mapWords(words)));
  const textKey = hashOf(texts.join("\n"));
  const trained = Object.entries(TRAINED).map(([name, options]) =>
    keep(name, hashOf(textKey, JSON.stringify(options), engine), () => makeAside({ texts, options })),
  );
  const embedded = Object.entries(MODELS).map(([name, file]) =>
    keep(name, hashOf(words.join("\n"), readFileSync(file)), () => makeAside({ words, file: fileURLToPath(file) })),
  );
  await Promise.all([...trained, ...embedded]);
  await writeFile(stampFile, stamp);
}

await build();
