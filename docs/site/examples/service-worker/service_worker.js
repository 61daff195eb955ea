// A service worker may import no module later on, so the imports stand here.
import { load, similarity } from "./node_modules/kinvec/dist/index.mjs";

let loaded;

/** The browser ends an idle service worker and starts it again, so the model is loaded when it is asked for. */
function model() {
  loaded ??= load(new URL("models/all-MiniLM-L6-v2.q8.gguf", import.meta.url));
  return loaded;
}

async function answer({ searchParams }) {
  const { vectors } = await (await model()).embed([searchParams.get("a"), searchParams.get("b")]);
  return new Response(similarity(vectors[0], vectors[1]).toFixed(2));
}

addEventListener("activate", (event) => event.waitUntil(globalThis.clients.claim()));

addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (url.pathname.endsWith("/similarity")) event.respondWith(answer(url));
});
