// A page that runs one engine: opens it by name, then takes turns when told to.

import { measure } from "/bench/lib/measure.mjs";

const open = {
  relaxed: () => openKinvecPage("relaxed"),
  simd128: () => openKinvecPage("simd128"),
  async onnxruntime() {
    const { openOnnxruntime } = await import("/bench/engines/onnxruntime.mjs");
    const ort = await import("/ort/ort.wasm.min.mjs");
    ort.env.wasm.numThreads = 1;
    ort.env.wasm.wasmPaths = "/ort/";
    const model = await (await fetch("/models/all-MiniLM-L6-v2/onnx/model_quantized.onnx")).arrayBuffer();
    return openOnnxruntime({ ort, model: new Uint8Array(model) });
  },
  async transformers() {
    const { openTransformers } = await import("/bench/engines/transformers.mjs");
    const transformers = await import("/transformers/transformers.min.js");
    const { env } = transformers;
    env.allowRemoteModels = false;
    env.allowLocalModels = true;
    env.localModelPath = "/models/";
    env.useBrowserCache = false;
    env.useWasmCache = false;
    env.backends.onnx.wasm.numThreads = 1;
    env.backends.onnx.wasm.wasmPaths = "/transformers-ort/";
    return openTransformers({ transformers, name: "all-MiniLM-L6-v2", settings: { device: "wasm" } });
  },
  async wllama() {
    const { openWllama } = await import("/bench/engines/wllama.mjs");
    const wllama = await import("/wllama/index.min.js");
    const model = await (await fetch("/gguf/all-MiniLM-L6-v2.Q8_0.gguf")).blob();
    return openWllama({ wllama, wasm: "/wllama/wasm/wllama.wasm", model });
  },
};

async function openKinvecPage(binary) {
  const { openKinvec } = await import("/bench/engines/kinvec.mjs");
  const kinvec = await import("/kinvec/index.mjs");
  return openKinvec({ kinvec, source: "/kinvec-model.gguf", binary });
}

let engine;

globalThis.openEngine = async (name) => {
  engine = await open[name]();
  return engine.info;
};

globalThis.takeTurn = (workload, budget) => measure(engine, workload, budget);

globalThis.embedAll = async (sentences) => {
  const vectors = [];
  for (const { text, ids } of sentences) vectors.push(Array.from(await engine.embed(text, ids)));
  return vectors;
};
