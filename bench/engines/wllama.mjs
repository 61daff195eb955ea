// wllama (llama.cpp in WebAssembly) behind the bench's engine interface.  From text to normalised vector.

/** @param {{ wllama: typeof import("@wllama/wllama"), wasm: string, model: Blob }} given model: a GGUF file */
export async function openWllama({ wllama, wasm, model }) {
  const engine = new wllama.Wllama({ default: wasm }, { logger: wllama.LoggerWithoutDebug });
  await engine.loadModel([model], {
    n_threads: 1,
    n_ctx: 512,
    n_batch: 512,
    n_ubatch: 512,
    embeddings: true,
    pooling_type: "mean",
  });
  const embed = async (texts) => (await engine.createEmbedding({ input: texts })).data;
  return {
    info: {},
    prepare:
      ({ texts }) =>
      () =>
        embed(texts),
    embed: async (text) => Float32Array.from((await embed([text]))[0].embedding),
  };
}
