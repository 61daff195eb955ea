// A service worker of static imports, as that of a browser extension: it answers messages, and one address.

import * as kinvec from "/package/dist/index.mjs";
import { createIndex } from "/package/dist/search.mjs";
import { smoke } from "/tests/environments/smoke.mjs";
import { answer } from "./answer.mjs";

const run = (options) => smoke({ ...kinvec, createIndex }, "/models/all-MiniLM-L6-v2.q8.gguf", options);

addEventListener("activate", (event) => event.waitUntil(globalThis.clients.claim()));

addEventListener("message", ({ data: options, ports: [port] }) => answer(port, run(options)));

addEventListener("fetch", (event) => {
  if (new URL(event.request.url).pathname !== "/answered-by-the-service-worker") return;
  event.respondWith(
    run({}).then(
      (result) => Response.json(result),
      (error) => new Response(String(error), { status: 500 }),
    ),
  );
});
