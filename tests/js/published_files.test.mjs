// What npm installs: the right files, found by every kind of user, small enough for a page.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { brotliCompressSync } from "node:zlib";

const require = createRequire(import.meta.url);
const manifestFile = require.resolve("kinvec/package.json");
const manifest = require(manifestFile);
const folder = path.dirname(manifestFile);

describe("the published package", () => {
  it("names only files that are there", () => {
    const named = new Set([...Object.values(manifest.bin), manifest.main, manifest.module, manifest.types]);
    const collect = (value) => {
      if (typeof value === "string") named.add(value);
      else Object.values(value).forEach(collect);
    };
    collect(manifest.exports);
    assert.deepEqual(
      [...named].filter((name) => !existsSync(path.join(folder, name))),
      [],
    );
  });

  it("depends on nothing", () => {
    for (const kind of ["dependencies", "peerDependencies", "optionalDependencies"]) {
      assert.equal(manifest[kind], undefined, kind);
    }
  });

  it("offers its names as ES module and as CommonJS, and what its own files share under short ones", async () => {
    const common = ["ERROR_CODES", "KinvecError"];
    const entries = {
      kinvec: [...common, "estimate", "load", "similarity"],
      "kinvec/inline": [...common, "createIndex", "estimate", "load", "loadIndex", "similarity"],
      "kinvec/search": [
        "Bm25",
        "bestPassage",
        "calibrate",
        "createCollection",
        "createIndex",
        "diversify",
        "fuseRanks",
        "groupDuplicates",
        "loadCollection",
        "loadIndex",
        "splitSentences",
        "splitWords",
      ],
      "kinvec/tokenizers": [...common, "loadTokenizer", "trainTokenizer"],
      "kinvec/recommend": ["EVENT_KINDS", "Profile", "Recommender"],
      "kinvec/vectors": [
        "Pca",
        "binarySimilarity",
        "fitPca",
        "int8Ranges",
        "int8Similarity",
        "quantizeBinary",
        "quantizeInt8",
      ],
      "kinvec/words": [
        "Bm25",
        "CountVectorizer",
        "OneHot",
        "TfidfVectorizer",
        "WordVectors",
        "denseRows",
        "loadTextClassifier",
        "loadWordVectors",
        "nearestRows",
        "saveWordVectors",
        "saveWordVectorsStream",
        "sparseCosine",
        "sparseDot",
        "sparseRow",
        "splitWords",
        "trainWordVectors",
      ],
      "kinvec/convert": ["CALIBRATION_SENTENCES", "convert", "distill"],
    };
    const names = (module) =>
      Object.keys(module)
        .filter((key) => key !== "default" && key !== "module.exports" && key.length > 2)
        .sort();
    for (const [entry, expected] of Object.entries(entries)) {
      assert.deepEqual(names(require(entry)), expected, entry);
      assert.deepEqual(names(await import(entry)), expected, entry);
    }
  });

  for (const [what, entry, binaries, limit] of [
    ["embeds", "index.mjs", ["kinvec-relaxed.wasm", "kinvec-simd128.wasm"], 138_000],
    ["only searches", "search.mjs", ["kinvec-search-relaxed.wasm", "kinvec-search-simd128.wasm"], 85_000],
  ]) {
    it(`gives a page that ${what} at most ${limit / 1000} kB of JavaScript and WebAssembly after brotli`, () => {
      const files = new Set();
      const visit = (name) => {
        if (files.has(name)) return;
        files.add(name);
        const text = readFileSync(path.join(folder, "dist", name), "utf8");
        for (const [, imported] of text.matchAll(/(?:from|import)\s*"\.\/([^"]+\.mjs)"/g)) visit(imported);
      };
      visit(entry);
      for (const binary of binaries) {
        const sizes = [...files, binary].map(
          (name) => brotliCompressSync(readFileSync(path.join(folder, "dist", name))).length,
        );
        const total = sizes.reduce((sum, size) => sum + size, 0);
        assert.ok(total <= limit, `${binary} with its JavaScript: ${total} bytes`);
      }
    });
  }

  it("has adapters that stand alone, in at most 4.5 kB each", async () => {
    const entries = {
      ai: ["createEmbeddingModel"],
      langchain: ["createEmbeddings"],
      llamaindex: ["createEmbedding", "createTokenizer"],
      openai: ["createEmbedding"],
      orama: ["createPlugin"],
    };
    const names = (module) => Object.keys(module).filter((key) => !["default", "module.exports"].includes(key));
    for (const [adapter, expected] of Object.entries(entries)) {
      const entry = `kinvec/adapters/${adapter}`;
      assert.deepEqual(names(require(entry)), expected, entry);
      assert.deepEqual(names(await import(entry)), expected, entry);
    }
    const files = readdirSync(path.join(folder, "dist/adapters")).filter((name) => /\.[cm]js$/.test(name));
    assert.equal(files.length, 2 * Object.keys(entries).length);
    for (const name of files) {
      const text = readFileSync(path.join(folder, "dist/adapters", name), "utf8");
      assert.ok(text.length <= 4500, `${name}: ${text.length} bytes`);
      assert.doesNotMatch(text, /\b(from|import|require)\s*[(]?["'`]/, name);
    }
  });

  it("has no path of the machine that built it", () => {
    for (const name of readdirSync(path.join(folder, "dist"), { recursive: true })) {
      if (!/\.(mjs|cjs|ts|wasm)$/.test(name)) continue;
      const text = readFileSync(path.join(folder, "dist", name), "latin1");
      assert.doesNotMatch(text, /\/(home|root|Users)\/\w/, name);
    }
  });
});

describe("a TypeScript user", () => {
  const program = `
    import { load, similarity, KinvecError, type Model } from "kinvec";
    import { createIndex, loadIndex, type FlatIndex, type ItemId } from "kinvec/search";
    import { fromNpy, toPgvector, toVectors, type Matrix } from "kinvec/storage";
    import { loadTokenizer, type Encoding, type Tokenizer } from "kinvec/tokenizers";
    import { nearestRows, TfidfVectorizer, type SparseRows, type TfidfJson } from "kinvec/words";
    export function weighed(texts: readonly string[]): number {
      const tfidf: TfidfVectorizer = new TfidfVectorizer({ ngramRange: [1, 2], norm: null }).fit(texts);
      const rows: SparseRows = tfidf.transform(texts);
      const json: TfidfJson = tfidf.toJSON();
      const score: number = nearestRows(TfidfVectorizer.fromJSON(json).transform("a"), rows)[0]![0]!.score;
      return score * tfidf.idf[0]! * rows.shape[1];
    }
    export async function pieces(text: string): Promise<string[]> {
      using tokenizer: Tokenizer = await loadTokenizer({ model: { type: "WordPiece", vocab: {} } });
      const encoding: Encoding = tokenizer.encode(text, { pair: "b", maxTokens: 8, truncation: { stride: 2 } });
      const [start, end]: [number, number] = encoding.offsets[0]!;
      const ids: Int32Array = tokenizer.encodeIds(text);
      return [text.slice(start, end), tokenizer.decode(ids), tokenizer.token(0) ?? "", ...encoding.tokens];
    }
    export async function nearest(texts: string[], query: string): Promise<number> {
      const model: Model = await load("model.gguf", { onProgress: ({ fraction }) => void fraction.toFixed() });
      const { vectors, truncated } = await model.embed([query, ...texts], { role: "query", dimensions: 128 });
      const index = await createIndex({ dimensions: 128 });
      const cut: boolean[] = truncated;
      const score: number = similarity(vectors[0]!, vectors[1]!);
      model.dispose();
      return cut.length + score;
    }
    export async function kept(model: Model, file: Uint8Array): Promise<ItemId[]> {
      const index: FlatIndex = await createIndex({ model, precision: "int8" });
      index.add(["a", 7], await model.embed(["a", "b"]));
      const matrix: Matrix = fromNpy(file);
      index.upsert("b", toVectors(matrix)[0]!);
      const vector: Float32Array | undefined = index.get("b");
      await index.buildGraph({ neighbors: 8, onProgress: ({ done, total }) => void (done / total) });
      const bytes: number = index.graph?.bytesPerItem ?? index.bytesPerItem;
      const [scores]: (Float32Array | undefined)[] = index.scoreAll([[bytes, 2]]);
      index.search(scores ?? [1], { filter: (id) => id !== 7, exact: true, effort: 10 });
      const text: string = toPgvector(vector ?? [1, 2]);
      const loaded = await loadIndex(index.saveStream(), { fingerprint: model.info().fingerprint });
      const removed: number = loaded.remove(["a", text]);
      return removed > 0 ? loaded.ids() : loaded.search(await model.embed("c")).map(({ id }) => id);
    }
    export const code = (error: unknown): string => (error instanceof KinvecError ? error.code : "");
    // @ts-expect-error a text is not a number
    export const wrong = (model: Model) => model.embed(7);`;

  let project;
  before(() => {
    project = mkdtempSync(path.join(tmpdir(), "kinvec-types-"));
    mkdirSync(path.join(project, "node_modules"));
    symlinkSync(folder, path.join(project, "node_modules/kinvec"));
  });
  after(() => rmSync(project, { recursive: true, force: true }));

  for (const [kind, file, module, moduleResolution] of [
    ["with a bundler", "app.ts", "esnext", "bundler"],
    ["of ES modules in Node.js", "app.mts", "node16", "node16"],
    ["of CommonJS in Node.js", "app.cts", "node16", "node16"],
  ]) {
    it(`${kind} gets types that compile`, () => {
      writeFileSync(path.join(project, file), program);
      const tsc = path.join(path.dirname(require.resolve("typescript/package.json")), "bin/tsc");
      const options = [
        "--strict",
        "--noEmit",
        "--target",
        "es2022",
        "--lib",
        "es2023,dom,esnext.disposable",
        "--types",
        "",
      ];
      const { status, stdout } = spawnSync(
        process.execPath,
        [tsc, ...options, "--module", module, "--moduleResolution", moduleResolution, file],
        { cwd: project, encoding: "utf8" },
      );
      assert.equal(status, 0, stdout);
    });
  }
});
