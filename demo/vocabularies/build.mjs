// Makes generated/tokenizers/: the tokenizers that the tokenizer page compares. WordPiece is the search model's own; the others are
// trained here by the package, on the descriptions of the catalogue.
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { loadTokenizer, trainTokenizer } from "kinvec/tokenizers";
import { bertJson, mustAgree } from "./bert_json.mjs";

const GENERATED = new URL("../generated/", import.meta.url);
const OUT = new URL("tokenizers/", GENERATED);
const MODEL = new URL("../../models/all-MiniLM-L6-v2.q8.gguf", import.meta.url);
/** The package's part that trains; the vocabularies change with it. */
const ENGINE = import.meta.resolve("kinvec/kinvec-simd128.wasm");

const VOCABULARY_SIZE = 8000; // small enough to load at once, large enough that common words of the catalogue are whole

/** GPT-2's stage, except that offsets keep the space that a token begins with: the page shows where it went. */
const KEEP_SPACES = { type: "ByteLevel", add_prefix_space: false, trim_offsets: false, use_regex: true };

const TRAINED = {
  words: { model: "words", vocabSize: VOCABULARY_SIZE },
  bpe: { model: "bpe", vocabSize: VOCABULARY_SIZE, postProcessor: KEEP_SPACES },
  unigram: { model: "unigram", vocabSize: VOCABULARY_SIZE },
  characters: { model: "characters" },
  bytes: { model: "bytes" },
};

async function stampOf(descriptions) {
  const hash = createHash("sha256").update(descriptions);
  for (const file of [import.meta.url, new URL("bert_json.mjs", import.meta.url), ENGINE, MODEL])
    hash.update(await readFile(fileURLToPath(file)));
  return hash.digest("hex");
}

async function searchModelsTokenizer(texts) {
  const original = await loadTokenizer(await readFile(MODEL));
  const written = await loadTokenizer(bertJson(original));
  mustAgree(original, written, texts);
  return written;
}

async function build() {
  const descriptions = await readFile(new URL("descriptions.json", GENERATED));
  const stamp = await stampOf(descriptions);
  const stampFile = new URL(".stamp", OUT);
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return;

  await rm(OUT, { recursive: true, force: true });
  await mkdir(OUT, { recursive: true });
  const write = (name, tokenizer) => writeFile(new URL(`${name}.json`, OUT), JSON.stringify(tokenizer));
  const texts = JSON.parse(descriptions.toString()).map((blocks) => blocks.flat().join("\n"));
  await write("wordpiece", await searchModelsTokenizer(texts));
  for (const [name, options] of Object.entries(TRAINED)) {
    const tokenizer = await trainTokenizer(texts, options);
    console.log(`demo: ${name} tokenizer with ${tokenizer.vocabSize} entries`);
    await write(name, tokenizer);
  }
  await writeFile(stampFile, stamp);
}

await build();
