// Keeps the model in the browser's cache storage while it streams in, so that the second visit, or none at all to the network,
// is enough. A page without cache storage (private windows of some browsers) works and fetches the model each time.

const CACHE = "kinvec-demo-model";

async function openCache(): Promise<Cache | undefined> {
  try {
    return await caches.open(CACHE);
  } catch {
    return undefined;
  }
}

/** Stores a model, and drops earlier ones: an address names one version. */
async function keep(cache: Cache, url: string, response: Response): Promise<void> {
  try {
    await cache.put(url, response);
    for (const { url: other } of await cache.keys()) {
      if (other !== new URL(url, location.href).href) await cache.delete(other);
    }
  } catch {
    // Storage is full or the download broke off. Loading reports the latter; the former costs only the offline visit.
  }
}

/** @throws TypeError if the network fails; an answer other than 200 is returned for the loader to report */
export async function fetchModel(url: string): Promise<{ response: Response; fromCache: boolean }> {
  const cache = await openCache();
  const kept = await cache?.match(url);
  if (kept) return { response: kept, fromCache: true };
  const response = await fetch(url);
  if (cache && response.ok) void keep(cache, url, response.clone());
  return { response, fromCache: false };
}

export async function forgetModel(url: string): Promise<void> {
  await (await openCache())?.delete(url);
}
