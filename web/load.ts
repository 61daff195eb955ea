// load(): source, binary and weights come together to a Model. Runs on any platform.
import { abortable, throwIfAborted } from "./abort.ts";
import type { Backend, FixedInfo } from "./backend.ts";
import { CachedSource } from "./cache/cached_source.ts";
import { convertFolder } from "./convert/convert.ts";
import { EngineBackend } from "./engine_backend.ts";
import { KinvecError } from "./errors.ts";
import { fillEngine } from "./fill_engine.ts";
import { checkLoadOptions } from "./load_options.ts";
import { Model } from "./model.ts";
import { candidates, openInstance } from "./native/choose.ts";
import { Instance } from "./native/instance.ts";
import type { Platform } from "./platform/platform.ts";
import { ProgressReporter } from "./progress.ts";
import { type ByteSource, bytesSource, messageOf, type OpenBody } from "./source/byte_source.ts";
import { isFolder, resolveSource } from "./source/resolve.ts";
import type { BinaryName, LoadOptions, ModelSource } from "./types.ts";
import type { WorkerHost } from "./workers/host.ts";
import { startPool } from "./workers/start_pool.ts";

/** The body of the public `load` of each entry point. */
export async function loadModel(
  platform: Platform,
  host: WorkerHost,
  given: ModelSource,
  options?: LoadOptions,
): Promise<Model> {
  const checked = checkLoadOptions(options);
  const { signal } = checked;
  throwIfAborted(signal);
  const progress = new ProgressReporter(checked.onProgress);
  // Workers start while the source and the binary come.
  let pool = startPool(platform, host, checked);
  try {
    const opened = await resolveSource(platform, given, checked.baseUrl);
    const folder = isFolder(opened);
    const source = folder
      ? bytesSource(await convertFolder(platform, opened, checked, progress))
      : await withCache(platform, opened, checked);
    // A converted folder has reported its own progress.
    const onBytes = folder ? undefined : progress.download.bind(progress);
    const onPrepared = progress.prepare.bind(progress);

    const fill = async (instance: Instance, body: OpenBody): Promise<{ backend: Backend; info: FixedInfo }> => {
      if (pool) return pool.load(instance, source.name, body, checked, { onBytes, onPrepared });
      const { engine, info } = await fillEngine(instance, source.name, body, checked, { onBytes, onPrepared });
      return { backend: new EngineBackend(platform, engine, info), info };
    };

    // The body is asked for before the binary is ready, so that both come at once; the binary is first in the queue,
    // since the body has nowhere to go without it.
    const begin = (order: BinaryName[]) => {
      const choice = openInstance(Instance.open, platform, order, checked);
      const body = source.open(signal);
      for (const awaitedLater of [choice, body]) awaitedLater.catch(() => {}); // perhaps after it has failed
      return { choice, body };
    };
    for (let order = candidates(platform, checked); ; ) {
      const { choice, body } = begin(order);
      let remaining: BinaryName[] = [];
      try {
        const chosen = await abortable(choice, signal);
        const { instance } = chosen;
        remaining = chosen.remaining;
        order = [instance.binary, ...remaining];
        const { backend, info } = await fill(instance, await body);
        await source.settle?.();
        progress.done();
        return new Model(backend, { ...info, cache: source instanceof CachedSource ? source.outcome : "none" });
      } catch (error) {
        body.then(({ cancel }) => cancel?.()).catch(() => {});
        const otherBody = await source.settle?.(error);
        const inexact = error instanceof KinvecError && error.code === "PROBE_FAILED" && remaining.length > 0;
        if (!otherBody && !inexact) throw error;
        if (!source.reopenable) {
          const message = `${messageOf(error)}; the source can be read only once, so load it with binary: "simd128"`;
          throw new KinvecError("PROBE_FAILED", message);
        }
        if (inexact) order = remaining;
      }
      pool?.dispose();
      pool = startPool(platform, host, checked);
    }
  } catch (error) {
    pool?.dispose();
    throw error;
  }
}

/** The source with the cache that the options name; only what has an address can be kept. */
async function withCache(platform: Platform, source: ByteSource, options: LoadOptions): Promise<ByteSource> {
  const { cache, revalidate = false } = options;
  if (cache === undefined || source.url === undefined) return source;
  const store = await platform.openStore(cache).catch((error) => {
    if (error instanceof KinvecError) throw error;
    return undefined; // where a page may keep nothing, all is fetched
  });
  return new CachedSource(source, source.url, store, revalidate);
}
