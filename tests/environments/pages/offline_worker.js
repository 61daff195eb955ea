// Keeps the page, the package and the model, and answers from what it keeps and nothing else.

const kept = [
  "/offline.html",
  "/offline.mjs",
  "/others.mjs",
  "/models/all-MiniLM-L6-v2.q8.gguf",
  "/package/dist/index.mjs",
  "/package/dist/kinvec-relaxed.wasm",
  "/package/dist/kinvec-search-relaxed.wasm",
  "/package/dist/kinvec-search-simd128.wasm",
  "/package/dist/kinvec-simd128.wasm",
  "/package/dist/search.mjs",
  "/package/dist/worker.mjs",
  "/tests/common/same_bits.mjs",
  "/tests/environments/smoke.mjs",
];

addEventListener("install", (event) => {
  event.waitUntil(caches.open("kinvec").then((cache) => cache.addAll(kept)));
});

addEventListener("activate", (event) => event.waitUntil(globalThis.clients.claim()));

addEventListener("fetch", (event) => {
  event.respondWith(caches.match(event.request).then((response) => response ?? Response.error()));
});
