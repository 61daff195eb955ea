// load(): source, binary and weights come together to a Model. Runs on any platform.
import { abortable, throwIfAborted } from "./abort.ts";
import { convertFolder } from "./convert/convert.ts";
import { KinvecError } from "./errors.ts";
import { checkLoadOptions, nativeOptions } from "./load_options.ts";
import { Model } from "./model.ts";
import { candidates, openInstance } from "./native/choose.ts";
import { Engine } from "./native/engine.ts";
import type { Instance } from "./native/instance.ts";
import { type SelfCheck, selfCheck } from "./native/self_check.ts";
import type { Platform } from "./platform/platform.ts";
import { ProgressReporter } from "./progress.ts";
import { bytesSource, type OpenBody } from "./source/byte_source.ts";
import { type ReceiveOptions, receive } from "./source/receive.ts";
import { isFolder, resolveSource } from "./source/resolve.ts";
import type { LoadOptions, ModelInfo, ModelSource } from "./types.ts";

type FixedInfo = Omit<ModelInfo, "memoryBytes">;

/** The body of the public `load` of each entry point. */
export async function loadModel(platform: Platform, given: ModelSource, options?: LoadOptions): Promise<Model> {
  const checked = checkLoadOptions(options);
  const { signal } = checked;
  throwIfAborted(signal);
  const progress = new ProgressReporter(checked.onProgress);
  const opened = await resolveSource(platform, given, checked.baseUrl);
  const folder = isFolder(opened);
  const source = folder ? bytesSource(await convertFolder(platform, opened, checked, progress)) : opened;
  // A converted folder has reported its own progress.
  const onBytes = folder ? undefined : progress.download.bind(progress);

  // The body is asked for before the binary is ready, so that both come at once.
  const body = source.open(signal);
  body.catch(() => {}); // awaited below, perhaps after it has failed
  const choice = openInstance(platform, candidates(platform, checked), checked);
  const { instance, remaining } = await abortable(choice, signal).catch((error) => {
    body.then(({ cancel }) => cancel?.()).catch(() => {});
    throw error;
  });
  let loaded = await fill(instance, source.name, await body, onBytes, checked, progress);
  if (loaded.failure && remaining.length > 0) {
    if (!source.reopenable) {
      const message = `${loaded.failure.message}; the source can be read only once, so load it with binary: "simd128"`;
      throw new KinvecError("PROBE_FAILED", message);
    }
    const next = await openInstance(platform, remaining, checked);
    loaded = await fill(next.instance, source.name, await source.open(signal), onBytes, checked, progress);
  }
  if (loaded.failure) throw loaded.failure;
  progress.done();
  return new Model(platform, loaded.engine, loaded.info);
}

interface Loaded {
  engine: Engine;
  info: FixedInfo;
  /** Why the engine's numbers cannot be relied on, if so. */
  failure: KinvecError | undefined;
}

/** Streams the body into the instance, loads it and checks the result. */
async function fill(
  instance: Instance,
  name: string,
  body: OpenBody,
  onBytes: ReceiveOptions["onBytes"],
  options: LoadOptions,
  progress: ProgressReporter,
): Promise<Loaded> {
  const engine = new Engine(instance);
  const { bytes, short } = await receive(body, engine.modelBlock, {
    name,
    signal: options.signal,
    onBytes,
  });
  progress.prepare(0);
  try {
    engine.load(nativeOptions(options));
  } catch (error) {
    throw explain(error, name, short ? `${name} ended after ${bytes} of ${body.length} bytes` : undefined);
  }
  throwIfAborted(options.signal);
  progress.prepare(0.5);
  const native = engine.info();
  const check = selfCheck(engine, native, options.pooling === undefined);
  throwIfAborted(options.signal);
  const { probeText: _, probeVector: __, ...card } = native;
  const info: FixedInfo = {
    ...card,
    binary: instance.binary,
    probe: instance.probe,
    selfChecked: check === "passed",
    dimensions: native.hiddenSize,
  };
  return { engine, info, failure: failureOf(check, instance, name) };
}

function failureOf(check: SelfCheck, instance: Instance, name: string): KinvecError | undefined {
  if (check === "kernel-inexact") return instance.inexact();
  if (check !== "vector-differs") return undefined;
  const message = `${name} does not give the vector stored in it on the ${instance.binary} binary; convert it again`;
  return new KinvecError("PROBE_FAILED", message);
}

/** Says which file is at fault, and that it came in short where that is the likelier reason. */
function explain(error: unknown, name: string, shortfall: string | undefined): unknown {
  if (!(error instanceof KinvecError) || !error.code.startsWith("MODEL_")) return error;
  if (shortfall !== undefined) return new KinvecError("FETCH_FAILED", shortfall, { cause: error });
  return new KinvecError(error.code, `${name}: ${error.message}`, { at: error.at });
}
