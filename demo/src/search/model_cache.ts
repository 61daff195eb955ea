// Keeps models and other large files in the browser's cache storage while they stream in, so that the second visit, or none at all to
// the network, is enough. A page without cache storage (private windows of some browsers) works and fetches them each
// time.

const CACHE = "kinvec-demo-model";

async function openCache(): Promise<Cache | undefined> {
  try {
    return await caches.open(CACHE);
  } catch {
    return undefined;
  }
}

/** An address without the hash that names one version of the file. */
const withoutVersion = (url: string) => new URL(url, location.href).pathname.replace(/-[\w-]{8}(\.\w+)$/, "$1");

/** Stores a file, and drops its earlier versions. */
async function keep(cache: Cache, url: string, response: Response): Promise<void> {
  try {
    await cache.put(url, response);
    for (const { url: other } of await cache.keys()) {
      const isEarlier = other !== new URL(url, location.href).href && withoutVersion(other) === withoutVersion(url);
      if (isEarlier) await cache.delete(other);
    }
  } catch {
    // Storage is full or the download broke off. Loading reports the latter; the former costs only the offline visit.
  }
}

/** @throws TypeError if the network fails; an answer other than 200 is returned for the loader to report */
async function fetchModel(url: string): Promise<{ response: Response; fromCache: boolean }> {
  const cache = await openCache();
  const kept = await cache?.match(url);
  if (kept) return { response: kept, fromCache: true };
  const response = await fetch(url);
  if (cache && response.ok) void keep(cache, url, response.clone());
  return { response, fromCache: false };
}

/** What is read of a file; one that cannot be read from the cache, cut short or damaged on disk, is fetched anew. */
export async function loadKept<T>(url: string, read: (response: Response) => Promise<T>): Promise<T> {
  const { response, fromCache } = await fetchModel(url);
  try {
    return await read(response);
  } catch (error) {
    if (!fromCache) throw error;
    await (await openCache())?.delete(url);
    return read((await fetchModel(url)).response);
  }
}
