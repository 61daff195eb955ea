// A process that runs one engine in Node.js: the twin of page/bench.mjs, told what to do by messages.

import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { measure } from "./measure.mjs";
import { kinvecDist, kinvecModel, onnxModel, ortDist, publishedTokenizers } from "./paths.mjs";
import { measuredTokenizers } from "./tokenizer_workloads.mjs";

const open = {
  relaxed: () => openKinvecHere("relaxed"),
  simd128: () => openKinvecHere("simd128"),
  async onnxruntime() {
    const { openOnnxruntime } = await import("../engines/onnxruntime.mjs");
    const ort = await import(pathToFileURL(path.join(ortDist, "ort.node.min.mjs")));
    ort.env.wasm.numThreads = 1;
    return openOnnxruntime({ ort, model: onnxBytes() });
  },
  async native() {
    const { openOnnxruntime } = await import("../engines/onnxruntime.mjs");
    const { default: ort } = await import("onnxruntime-node");
    const settings = { executionProviders: ["cpu"], intraOpNumThreads: 1, interOpNumThreads: 1 };
    return openOnnxruntime({ ort, model: onnxBytes(), settings });
  },
  async transformers() {
    const { openTransformers } = await import("../engines/transformers.mjs");
    const transformers = await import("@huggingface/transformers");
    transformers.env.allowRemoteModels = false;
    transformers.env.localModelPath = path.dirname(onnxModel);
    const settings = { device: "cpu", session_options: { intraOpNumThreads: 1, interOpNumThreads: 1 } };
    return openTransformers({ transformers, name: path.basename(onnxModel), settings });
  },
  async "kinvec-tokenizers"() {
    const { openKinvecTokenizers } = await import("../engines/tokenizers.mjs");
    const tokenizers = await import(pathToFileURL(path.join(kinvecDist, "tokenizers.node.mjs")));
    return openKinvecTokenizers({ tokenizers, descriptions: tokenizerDescriptions() });
  },
  async "javascript-tokenizers"() {
    const { openJavaScriptTokenizers } = await import("../engines/tokenizers.mjs");
    const { Tokenizer } = await import("@huggingface/tokenizers");
    return openJavaScriptTokenizers({ Tokenizer, descriptions: tokenizerDescriptions() });
  },
};

const onnxBytes = () => new Uint8Array(readFileSync(path.join(onnxModel, "onnx/model_quantized.onnx")));

function tokenizerDescriptions() {
  const read = (name) => JSON.parse(readFileSync(path.join(publishedTokenizers, name, "tokenizer.json"), "utf8"));
  return Object.fromEntries(Object.keys(measuredTokenizers).map((name) => [name, read(name)]));
}

async function openKinvecHere(binary) {
  const { openKinvec } = await import("../engines/kinvec.mjs");
  const kinvec = await import(pathToFileURL(path.join(kinvecDist, "node.mjs")));
  return openKinvec({ kinvec, source: kinvecModel, binary });
}

let engine;
const orders = {
  async open(name) {
    engine = await open[name]();
    return engine.info;
  },
  measure: (workload, budget) => measure(engine, workload, budget),
  count: (workload) => engine.count(workload),
  async embedAll(sentences) {
    const vectors = [];
    for (const { text, ids } of sentences) vectors.push(Array.from(await engine.embed(text, ids)));
    return vectors;
  },
};

process.on("message", async ({ order, args }) => {
  try {
    process.send({ value: await orders[order](...args) });
  } catch (error) {
    process.send({ error: error.message });
  }
});
