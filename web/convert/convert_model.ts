// The public convert(): options checked, source opened, result bytes.
import { checkOptions, checkWord, invalid, typeName } from "../arguments.ts";
import type { Platform } from "../platform/platform.ts";
import type { ByteSource } from "../source/byte_source.ts";
import { receive } from "../source/receive.ts";
import { isFolder, resolveSource } from "../source/resolve.ts";
import type { BinaryName, ModelSource, WasmOptions } from "../types.ts";
import { CALIBRATION_SENTENCES } from "./calibration.ts";
import type { Checkpoint } from "./checkpoint.ts";
import {
  convertCheckpoint,
  instanceOpener,
  type ModelDetails,
  openCheckpointFolder,
  shareReporter,
} from "./convert.ts";
import { GgufFile, openGguf } from "./gguf_checkpoint.ts";
import { FILE_DTYPES, type FileDtype } from "./model_file.ts";

/** Options of `convert`. */
export interface ConvertOptions extends ModelDetails {
  /**
   * How weights are stored. `q8` (default): in 8 bits, a scale per row. `q4`: in 4 bits, a scale and a minimum per 32.
   * `q8-q4`: the encoder in 8 bits, the word table in 4. `f32`: unchanged.
   */
  dtype?: FileDtype | undefined;
  /**
   * Sentences on which activations are measured, so that weights can be rounded to suit them, or false for none;
   * default CALIBRATION_SENTENCES, which are English. Give sentences of the kind and language the model is for.
   */
  calibration?: readonly string[] | false | undefined;
  /** Cancels the conversion: it rejects with ABORTED. */
  signal?: AbortSignal | undefined;
  /** Called with the share of the work done, 0 to 1. */
  onProgress?: ((progress: { fraction: number }) => void) | undefined;
  /** Own WebAssembly binaries, as in `load`. */
  wasm?: WasmOptions | undefined;
  /** Forces one binary, as in `load`. */
  binary?: "auto" | BinaryName | undefined;
}

/** The body of the public `convert` of each entry point. */
export async function convertModel(
  platform: Platform,
  source: ModelSource,
  given?: ConvertOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const options = checkOptions(given);
  const { dtype = "q8", calibration = CALIBRATION_SENTENCES, signal, onProgress } = options;
  checkWord(dtype, "options.dtype", FILE_DTYPES);
  checkWord(options.pooling, "options.pooling", ["mean", "cls", "last"]);
  if (calibration !== false && !(Array.isArray(calibration) && calibration.every((s) => typeof s === "string"))) {
    throw invalid(`options.calibration must be an array of strings or false, not ${typeName(calibration)}`);
  }
  const onShare = shareReporter(platform, signal, (fraction) => onProgress?.({ fraction }));
  const open = instanceOpener(platform, options);
  const opened = await resolveSource(platform, source);
  await onShare(0);
  const checkpoint = isFolder(opened)
    ? await openCheckpointFolder(opened)
    : await readGguf(opened, new GgufFile(await open()), signal);
  return convertCheckpoint(checkpoint, open, {
    ...options,
    dtype,
    calibration: calibration || [],
    probe: true,
    onShare,
  });
}

async function readGguf(source: ByteSource, file: GgufFile, signal: AbortSignal | undefined): Promise<Checkpoint> {
  await receive(await source.open(signal), file.block, { name: source.name, signal });
  file.parse();
  return openGguf(file);
}
