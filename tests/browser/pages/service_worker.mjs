// The package in a service worker, which can start no worker.

import { load } from "/package/dist/index.mjs";

const source = "/models/all-MiniLM-L6-v2.q8.gguf";

addEventListener("message", async ({ data: workers, ports: [port] }) => {
  try {
    const model = await load(source, { workers });
    const { vectors } = await model.embed("at your service");
    port.postMessage({ workers: model.info().workers, dimensions: vectors[0].length });
  } catch ({ code }) {
    port.postMessage({ code });
  }
});
