// A classic worker, which can import a module only on demand.

addEventListener("message", async ({ data: options, ports: [port] }) => {
  const { answer } = await import("/tests/environments/pages/answer.mjs");
  const { smoke } = await import("/tests/environments/smoke.mjs");
  const kinvec = await import("/package/dist/index.mjs");
  const { createIndex } = await import("/package/dist/search.mjs");
  answer(port, smoke({ ...kinvec, createIndex }, "/models/all-MiniLM-L6-v2.q8.gguf", options));
});
