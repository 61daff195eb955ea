// The adapters' types are those that the packages ask for.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { linkPackages } from "./packages.mjs";

const program = `
  import type { EmbeddingModelV2, EmbeddingModelV3, EmbeddingModelV4 } from "@ai-sdk/provider";
  import { MemoryVectorStore } from "@langchain/classic/vectorstores/memory";
  import type { EmbeddingsInterface } from "@langchain/core/embeddings";
  import { create, insert, search } from "@orama/orama";
  import { embed } from "ai";
  import { embed as embed5 } from "ai5";
  import { embed as embed6 } from "ai6";
  import type { Model } from "kinvec";
  import { createEmbeddingModel } from "kinvec/adapters/ai";
  import { createEmbeddings } from "kinvec/adapters/langchain";
  import { createEmbedding as createLlamaEmbedding, createTokenizer } from "kinvec/adapters/llamaindex";
  import { createEmbedding, type EmbeddingResponse } from "kinvec/adapters/openai";
  import { createPlugin } from "kinvec/adapters/orama";
  import type { Tokenizer } from "kinvec/tokenizers";
  import { BaseEmbedding, SentenceSplitter, Settings } from "llamaindex";
  import type OpenAI from "openai";

  export async function use(model: Model, tokenizer: Tokenizer): Promise<void> {
    const embeddings: EmbeddingsInterface = createEmbeddings(model, { batchSize: 8 });
    new MemoryVectorStore(embeddings);

    const v4: EmbeddingModelV4 = createEmbeddingModel(model);
    const v3: EmbeddingModelV3 = createEmbeddingModel(model, { specificationVersion: "v3" });
    const v2: EmbeddingModelV2<string> = createEmbeddingModel(model, { specificationVersion: "v2", role: "query" });
    const vectors: number[][] = [
      (await embed({ model: v4, value: "a" })).embedding,
      (await embed6({ model: createEmbeddingModel(model, { specificationVersion: "v3" }), value: "a" })).embedding,
      (await embed5({ model: createEmbeddingModel(model, { specificationVersion: "v2" }), value: "a" })).embedding,
    ];
    // @ts-expect-error an object of one specification is none of another
    const wrong: EmbeddingModelV4 = createEmbeddingModel(model, { specificationVersion: "v2" });

    const llama: BaseEmbedding = createLlamaEmbedding(model, BaseEmbedding);
    Settings.embedModel = llama;
    new SentenceSplitter({ tokenizer: createTokenizer(tokenizer), chunkSize: 64 });

    const plugin = createPlugin(model, { properties: "text", vectorProperty: "meaning" });
    const db = create({ schema: { text: "string", ...plugin.schema }, plugins: [plugin] });
    await insert(db, { text: "a" });
    const { hits } = await search(db, { mode: "hybrid", term: "a" } as Parameters<typeof search>[1]);

    const numbers: EmbeddingResponse<"float"> = await createEmbedding(model, { input: ["a"] });
    const text: EmbeddingResponse<"base64"> = await createEmbedding(model, { input: "a", encoding_format: "base64" });
    const answer: OpenAI.CreateEmbeddingResponse = numbers;
    const base64: string = text.data[0]!.embedding;
    console.log(v2, v3, vectors, wrong, hits, answer, base64);
  }`;

let project;
before(() => {
  project = mkdtempSync(path.join(tmpdir(), "kinvec-adapter-types-"));
  linkPackages(project);
});
after(() => rmSync(project, { recursive: true, force: true }));

describe("a TypeScript user of the adapters", () => {
  for (const [kind, file, module, moduleResolution] of [
    ["with a bundler", "app.ts", "esnext", "bundler"],
    ["of ES modules in Node.js", "app.mts", "node20", "node16"],
  ]) {
    it(`${kind} gets types that compile`, () => {
      writeFileSync(path.join(project, file), program);
      const tsc = path.join(path.dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
      const options = ["--strict", "--exactOptionalPropertyTypes", "--noEmit", "--skipLibCheck", "--target", "es2022"];
      const libraries = ["--lib", "es2024,dom,dom.iterable,esnext.disposable", "--types", "node"];
      const { status, stdout } = spawnSync(
        process.execPath,
        [tsc, ...options, ...libraries, "--module", module, "--moduleResolution", moduleResolution, file],
        { cwd: project, encoding: "utf8" },
      );
      assert.equal(status, 0, stdout);
    });
  }
});
