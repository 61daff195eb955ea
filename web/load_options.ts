// Checks of load()'s options, and their form for the engine.

import { checkBoolean, checkInteger, checkOptions, checkUrl, checkWord, invalid, typeName } from "./arguments.ts";
import { NATIVE_DTYPES, NATIVE_POOLINGS, type NativeLoadOptions, POOLING_FROM_MODEL } from "./native/module.ts";
import { isA } from "./realms.ts";
import type { CacheLike, LoadOptions } from "./types.ts";

const kMostWorkers = 64;

export function checkLoadOptions(given: LoadOptions | undefined): LoadOptions {
  const options = checkOptions(given);
  checkWord(options.dtype, "options.dtype", ["auto", "f32", "q8", "q7"]);
  checkWord(options.pooling, "options.pooling", ["mean", "cls", "last"]);
  checkWord(options.binary, "options.binary", ["auto", "relaxed", "simd128"]);
  checkBoolean(options.verifyChecksum, "options.verifyChecksum");
  checkBoolean(options.revalidate, "options.revalidate");
  checkCache(options.cache);
  if (options.wasm !== undefined) checkOptions(options.wasm, "options.wasm");
  const { calibration, workers } = options;
  checkUrl(options.baseUrl, "options.baseUrl");
  checkUrl(options.workerUrl, "options.workerUrl");
  if (workers !== "auto") checkInteger(workers, "options.workers", 1, kMostWorkers);
  if (calibration !== undefined && !(Array.isArray(calibration) && calibration.every((s) => typeof s === "string"))) {
    throw invalid(`options.calibration must be an array of strings, not ${typeName(calibration)}`);
  }
  return options;
}

function checkCache(cache: unknown): void {
  if (cache === undefined || cache === "browser" || cache === "opfs") return;
  const { folder, match, put } = checkOptions(cache as Partial<CacheLike> & { folder?: unknown }, "options.cache");
  if (typeof folder === "string" || isA(folder, "URL")) return;
  if (typeof match === "function" && typeof put === "function") return;
  throw invalid('options.cache must be "browser", "opfs", { folder } or a Cache');
}

export function nativeOptions({
  dtype = "auto",
  pooling,
  verifyChecksum = true,
}: Pick<LoadOptions, "dtype" | "pooling" | "verifyChecksum">): NativeLoadOptions {
  return {
    dtype: NATIVE_DTYPES[dtype],
    pooling: pooling === undefined ? POOLING_FROM_MODEL : NATIVE_POOLINGS[pooling],
    verifyChecksum,
  };
}
