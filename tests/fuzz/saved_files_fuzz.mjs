// Coverage-guided fuzzing of the readers of what an application saves: indexes, collections, profiles and analyses.
// Usage: node tests/fuzz/saved_files_fuzz.mjs FOLDER SECONDS [SEED]
// The first byte of an input says which reader it is for. The rest is a part of the file, or how the file is damaged; most
// files then get the checksums that their bytes should have, or nothing behind those would be read.

import { ERROR_CODES, KinvecError } from "kinvec";
import { Profile } from "kinvec/recommend";
import { createIndex, loadCollection, loadIndex } from "kinvec/search";
import { fitPca, Pca } from "kinvec/vectors";
import { collectionFile, crc32, line } from "../js/collection_file_maker.mjs";
import { floats, indexFile, linked, numberId, stringId, utf16Id, xxh64 } from "../js/index_file_maker.mjs";
import { profileFile, sealed } from "../js/profile_file_maker.mjs";
import { fuzzWithCoverage } from "./coverage_fuzzer.mjs";

const kMostMegabytes = 1500; // a file of 1 kB must not take more, nor may all that came before it
/** What bytes cannot be the reason for. */
const kForbidden = ["ABORTED", "DISPOSED", "ENGINE_LOST", "INVALID_ARGUMENT"];
const [folder, seconds, seed = Date.now() % 2 ** 32] = process.argv.slice(2);

const fingerprint = "a model";
const model = {
  info: () => ({ fingerprint, dimensions: 2 }),
  embed: async (texts) => ({ vectors: [texts].flat().map(() => Float32Array.of(0.6, 0.8)), fingerprint }),
};

async function useIndex(file) {
  const index = await loadIndex(file);
  try {
    const query = new Float32Array(index.dimensions).fill(0.1);
    for (const { id, score } of index.search(query, { topK: 3 })) {
      if (!index.ids().includes(id) || !Number.isFinite(score)) throw new Error(`${id} has score ${score}`);
    }
    const again = await loadIndex(index.save());
    if (again.size !== index.size) throw new Error(`${again.size} items of ${index.size} came back`);
    again.dispose();
  } finally {
    index.dispose();
  }
}

async function useCollection(file) {
  const collection = await loadCollection(file, { model });
  try {
    for (const by of ["both", "words"]) {
      const options = { by, passages: true, groupDuplicates: true, where: { kind: { ne: "b" } } };
      for (const { score } of await collection.search("a cat", options)) {
        if (!Number.isFinite(score)) throw new Error(`a hit has score ${score}`);
      }
    }
    await loadCollection(collection.save(), { model }).then((again) => again.dispose());
  } finally {
    collection.dispose();
  }
}

function useProfile(file) {
  const profile = Profile.load(file);
  profile.record({ kind: "like", item: "tea", at: 1 });
  Profile.load(profile.save());
  Profile.fromJSON(JSON.parse(JSON.stringify(profile)));
}

function usePca(file) {
  const pca = Pca.load(file);
  const [short] = pca.transform([new Float32Array(pca.inputDimensions).fill(0.5)]);
  if (!short.every(Number.isFinite)) throw new Error("a coordinate is not finite");
}

/** The file with one byte changed for every three of the input: the place, of 16 bits, and what is there. */
function edit(file, input) {
  const bytes = Buffer.from(file);
  for (let i = 0; i + 2 < input.length; i += 3) bytes[(input[i] + 256 * input[i + 1]) % bytes.length] = input[i + 2];
  // What is left over cuts the file.
  return input.length % 3 === 1 ? bytes.subarray(0, input.at(-1) * 4) : bytes;
}

/** An index file with the checksums that its bytes should have, as far as its lengths fit. */
function summedIndex(file) {
  const bytes = Buffer.from(file);
  if (bytes.length < 40) return bytes;
  let last = xxh64(Buffer.concat([Buffer.alloc(8), bytes.subarray(0, 32)]));
  last.copy(bytes, 32);
  for (let at = 40; at + 8 <= bytes.length; ) {
    const [start, end] = [at + 8, at + 8 + bytes.readUInt32LE(at + 4)];
    if (end + 8 > bytes.length) break;
    last = xxh64(Buffer.concat([last, bytes.subarray(start, end)]));
    last.copy(bytes, end);
    at = end + 8;
  }
  return bytes;
}

/** The same of a collection file, and of the index in it. */
function summedCollection(file) {
  const bytes = Buffer.from(file);
  if (bytes.length < 44) return bytes;
  let last = crc32(bytes.subarray(0, 40));
  bytes.writeUInt32LE(last, 40);
  let at = 44;
  for (let items = 0; items < bytes.readUInt32LE(12) && at + 4 <= bytes.length; ) {
    const [start, end] = [at + 4, at + 4 + bytes.readUInt32LE(at)];
    if (end + 4 > bytes.length) return bytes;
    const block = bytes.subarray(start, end);
    last = crc32(block, last);
    bytes.writeUInt32LE(last, end);
    items += block.toString("latin1").split("\n").length - 1;
    at = end + 4;
  }
  return Buffer.concat([bytes.subarray(0, at), summedIndex(bytes.subarray(at))]);
}

/** An analysis with its checksum. */
function summedPca(file) {
  const bytes = Buffer.from(file);
  if (bytes.length >= 8) xxh64(bytes.subarray(0, -8)).copy(bytes, bytes.length - 8);
  return bytes;
}

/** A graph of enough items for more than one level, with 8-bit copies. */
async function graphFile() {
  const index = await createIndex({ dimensions: 2, precision: "int8" });
  const ids = Array.from({ length: 40 }, (_, i) => (i % 2 ? i : `item ${i}`));
  index.add(ids, ids.map((_, i) => Float32Array.of(Math.cos(i), Math.sin(i)))); // biome-ignore format: one call
  await index.buildGraph({ neighbors: 2 });
  const file = index.save();
  index.dispose();
  return file;
}

const ids = Buffer.concat([numberId(7), stringId("tea")]);
const binary = indexFile({ precision: 2, vectors: 0, items: 2, rows: [Buffer.of(128, 0, 64, 0)] });
const items = [line({ id: 7, text: "A cat. A dog!" }), line({ id: "tea", text: "a cat", kind: "b" })];
const profile = profileFile({
  seed: 3,
  halfLifeDays: 30,
  maxBytes: 65536,
  events: [
    { kind: "like", at: 1e12, item: 7 },
    { kind: "hide", at: 2e12, item: "tea" },
    { kind: "describe", at: 3e12, item: "", text: "cats", fingerprint, vector: [127, 0] },
  ],
});
const pca = await fitPca([[1, 0, 2], [0, 1, 1], [3, 1, 0]], { dimensions: 2 }); // biome-ignore format: a table

const part = (start, fileOf, use) => ({ start, fileOf, use });
const damaged = (file, use, finish = (bytes) => bytes) =>
  part(Buffer.alloc(0), (rest) => finish(edit(file, rest)), use);

const readers = [
  damaged(indexFile(), useIndex),
  damaged(indexFile(), useIndex, summedIndex),
  damaged(indexFile(linked), useIndex, summedIndex),
  damaged(binary, useIndex, summedIndex),
  damaged(await graphFile(), useIndex, summedIndex),
  part(ids, (rest) => indexFile({ ids: [rest] }), useIndex),
  part(utf16Id("\ud800"), (rest) => indexFile({ ids: [rest], items: 1, rows: [floats(1, 0)] }), useIndex),
  damaged(collectionFile([items.join("")], indexFile()), useCollection),
  damaged(collectionFile(items, indexFile()), useCollection, summedCollection),
  part(Buffer.from(items.join("")), (rest) => collectionFile([rest], indexFile()), useCollection),
  damaged(profile, useProfile),
  damaged(profile, useProfile, (bytes) => (bytes.length > 4 ? sealed(bytes) : bytes)),
  damaged(pca.save(), usePca),
  damaged(pca.save(), usePca, summedPca),
];

process.stdout.write(`seed ${seed}\n`);
const result = await fuzzWithCoverage(
  async (input) => {
    const { fileOf, use } = readers[(input[0] ?? 0) % readers.length];
    const file = fileOf(input.subarray(1));
    try {
      await use(file);
    } catch (error) {
      const expected = error instanceof KinvecError && ERROR_CODES.includes(error.code);
      if (!expected || kForbidden.includes(error.code)) throw error;
    }
  },
  {
    folder,
    seeds: readers.map(({ start }, i) => Uint8Array.from([i, ...start])),
    seconds: Number(seconds),
    seed: Number(seed),
    mostBytes: kMostMegabytes << 20,
    isCounted: (url) => /\/dist\/(search|recommend|vectors)[^/]*\.mjs$/.test(url),
    onKept: () => {},
  },
);
process.exitCode = result.findings > 0 ? 1 : 0;
