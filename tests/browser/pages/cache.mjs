// The page's side of package_cache.test.mjs.

import { load } from "/package/dist/index.mjs";
import { hashVectors } from "/tests/common/same_bits.mjs";

const url = "/models/all-MiniLM-L6-v2.q8.gguf";

/** What the cache did, and the hash of one vector. */
globalThis.loadKept = async (place) => {
  const model = await load(url, { cache: place });
  const { vectors } = await model.embed("kept between loads");
  const { cache } = model.info();
  model.dispose();
  return { cache, hash: await hashVectors(vectors) };
};

/** Flips a bit of the kept file, near its end. */
globalThis.damage = async (place) => {
  const flip = (bytes) => bytes.with(bytes.length - 5000, bytes.at(-5000) ^ 1);
  if (place === "browser") {
    const cache = await caches.open("kinvec");
    const kept = await cache.match(url);
    await cache.put(url, new Response(flip(new Uint8Array(await kept.arrayBuffer()))));
    return;
  }
  const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("kinvec");
  for await (const [name, handle] of folder.entries()) {
    if (name.endsWith(".json")) continue;
    const bytes = flip(new Uint8Array(await (await handle.getFile()).arrayBuffer()));
    const stream = await handle.createWritable();
    await stream.write(bytes);
    await stream.close();
  }
};

/** What the cache did with a load that was cancelled half-way, and what it holds afterwards. */
globalThis.cancelHalfWay = async (place) => {
  const controller = new AbortController();
  const address = `${url}?cancelled`;
  const onProgress = ({ fraction }) => fraction > 0.3 && controller.abort();
  const code = await load(address, { cache: place, onProgress, signal: controller.signal }).then(
    () => "none",
    (error) => error.code,
  );
  const kept = (await (await caches.open("kinvec")).keys()).filter(({ url }) => url.endsWith("cancelled"));
  return { code, kept: kept.length };
};
