// Keeps the page working without a network: its own files are stored when it is first visited. Files whose names carry a hash are
// answered from the store; the pages themselves are asked for first, so that a new version shows at the next visit.
/// <reference lib="webworker" />

declare const self: ServiceWorkerGlobalScope;

export type {}; // a module to the compiler, so that this `self` is its own

/** Filled in when the page is built. */
declare const __PRECACHE__: { version: string; files: string[] };

const PREFIX = "kinvec-demo-files-";
const CACHE = PREFIX + __PRECACHE__.version;
const INDEX = new URL("index.html", self.registration.scope).href; // also what the folder's address shows

async function store(): Promise<void> {
  const cache = await caches.open(CACHE);
  const urls = __PRECACHE__.files.map((file) => new URL(file, self.registration.scope).href);
  await cache.addAll(urls.map((url) => new Request(url, { cache: url.endsWith(".html") ? "no-cache" : "default" })));
  await self.skipWaiting();
}

async function takeOver(): Promise<void> {
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX) && name !== CACHE) await caches.delete(name);
  }
  await self.clients.claim();
}

async function answerPage(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = (await caches.match(request, { ignoreSearch: true })) ?? (await caches.match(INDEX));
    if (kept) return kept;
    throw error;
  }
}

const answerFile = async (request: Request) => (await caches.match(request, { ignoreSearch: true })) ?? fetch(request);

self.addEventListener("install", (event) => event.waitUntil(store()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  event.respondWith(request.mode === "navigate" ? answerPage(request) : answerFile(request));
});
