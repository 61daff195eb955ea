// The file comes into an engine: streamed into its memory, read, and checked.
import { throwIfAborted } from "./abort.ts";
import type { FixedInfo } from "./backend.ts";
import { KinvecError } from "./errors.ts";
import { nativeOptions } from "./load_options.ts";
import { Engine } from "./native/engine.ts";
import type { Instance } from "./native/instance.ts";
import { type SelfCheck, selfCheck } from "./native/self_check.ts";
import type { OpenBody } from "./source/byte_source.ts";
import { receive } from "./source/receive.ts";
import type { LoadOptions } from "./types.ts";

type FillOptions = Pick<LoadOptions, "dtype" | "pooling" | "verifyChecksum" | "signal">;

export interface FillEvents {
  onBytes?: ((loaded: number, total: number | undefined) => void) | undefined;
  /** Share of the work done that follows the last byte, 0 to 1. */
  onPrepared?: (share: number) => void;
}

/** Throws PROBE_FAILED where the engine's numbers cannot be relied on. */
export async function fillEngine(
  instance: Instance,
  name: string,
  body: OpenBody,
  options: FillOptions,
  { onBytes, onPrepared }: FillEvents = {},
): Promise<{ engine: Engine; info: FixedInfo }> {
  const { signal } = options;
  const engine = new Engine(instance);
  const { bytes, short } = await receive(body, engine.modelBlock, { name, signal, onBytes });
  onPrepared?.(0);
  try {
    engine.load(nativeOptions(options));
  } catch (error) {
    throw explain(error, name, short ? `${name} ended after ${bytes} of ${body.length} bytes` : undefined);
  }
  throwIfAborted(signal);
  onPrepared?.(0.5);
  const native = engine.info();
  const check = selfCheck(engine, native, options.pooling === undefined);
  throwIfAborted(signal);
  const failure = failureOf(check, instance, name);
  if (failure) throw failure;
  const { probeText: _, probeVector: __, ...card } = native;
  const info: FixedInfo = {
    ...card,
    binary: instance.binary,
    probe: instance.probe,
    selfChecked: check === "passed",
    dimensions: native.hiddenSize,
    cache: "none",
    workers: 0,
  };
  return { engine, info };
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
