// Conversion from end to end: checkpoint in, GGUF file out. Runs on any platform; the calibration sentences come from
// the caller, so that load() does not carry them.
import { throwIfAborted } from "../abort.ts";
import { type BinaryOptions, candidates, openInstance } from "../native/choose.ts";
import { Instance } from "../native/instance.ts";
import { NATIVE_POOLINGS } from "../native/module.ts";
import type { OpenFolder, Platform } from "../platform/platform.ts";
import type { ProgressReporter } from "../progress.ts";
import type { LoadOptions, Pooling } from "../types.ts";
import { Calibration } from "./calibrate.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { type Metadata, type MetadataValue, string, u32 } from "./gguf_types.ts";
import { ALIGNMENT } from "./gguf_writer.ts";
import { openHuggingFace } from "./huggingface.ts";
import { buildF32, buildQuantized, type FileDtype } from "./model_file.ts";
import { findStaticModel, openModel2vec } from "./model2vec.ts";
import { placeholders, seal } from "./seal.ts";
import { type OnShare, part } from "./share.ts";
import { buildStatic, type StaticTable } from "./static_table.ts";

/** What is recorded about a model besides its tensors; absent details are taken from the source. */
export interface ModelDetails {
  /** What the model is called. */
  name?: string | undefined;
  /** Licence of the weights, best as an SPDX identifier. */
  license?: string | undefined;
  /** Address of the licence's text. */
  licenseLink?: string | undefined;
  /** Address the weights came from. */
  sourceUrl?: string | undefined;
  /** Overrides the source's own pooling; needed only where it states none. */
  pooling?: Pooling | undefined;
  /** Sizes the model was trained to be shortened to. */
  matryoshka?: readonly number[] | undefined;
}

export interface Conversion extends ModelDetails {
  dtype: FileDtype;
  /** Sentences to calibrate on; none = weights are quantised as they are. */
  calibration: readonly string[];
  /** Whether to store a probe vector for the self-check. */
  probe: boolean;
  onShare: OnShare;
}

const kFormatVersion = 1;

/** The model in a Hugging Face folder. */
export async function openCheckpointFolder(folder: OpenFolder): Promise<Checkpoint | StaticTable> {
  const path = await findStaticModel(folder);
  return path === undefined ? openHuggingFace(folder) : openModel2vec(folder, path);
}

/** Converts an opened checkpoint; `open` makes a fresh engine instance each time. */
export async function convertCheckpoint(
  checkpoint: Checkpoint | StaticTable,
  open: () => Promise<Instance>,
  conversion: Conversion,
): Promise<Uint8Array<ArrayBuffer>> {
  if (checkpoint.kind === "static") return convertTable(checkpoint, open, conversion);
  const { dtype, calibration: sentences, onShare } = conversion;
  const metadata = describe(checkpoint, conversion);
  const calibrated = dtype !== "f32" && sentences.length > 0;
  const { sizes } = checkpoint;

  let calibration: Calibration | undefined;
  if (calibrated) {
    const plain = await buildF32(checkpoint, metadata, part(onShare, 0, 0.1));
    calibration = await Calibration.run(await open(), plain.bytes, sizes, sentences, part(onShare, 0.1, 0.2));
  }

  // A vector is stored only where the file itself says how to get it, and where it is the same on every machine.
  const probed = conversion.probe && dtype !== "f32" && metadata.has("bert.pooling_type");
  const whole: Metadata = new Map([...metadata, ...placeholders(sizes.hidden, probed)]);
  const build = part(onShare, calibrated ? 0.2 : 0, 0.95);
  const file =
    dtype === "f32"
      ? await buildF32(checkpoint, whole, build)
      : await buildQuantized(checkpoint, whole, dtype, calibration, build);
  await onShare(0.95);
  seal(file, await open(), probed);
  await onShare(1);
  return file.bytes;
}

async function convertTable(
  table: StaticTable,
  open: () => Promise<Instance>,
  { dtype, probe, onShare, ...details }: Conversion,
): Promise<Uint8Array<ArrayBuffer>> {
  const probed = probe && dtype !== "f32";
  const metadata = new Map([...describe(table, details), ...placeholders(table.sizes.hidden, probed)]);
  const file = await buildStatic(table, metadata, dtype, part(onShare, 0, 0.95));
  await onShare(0.95);
  seal(file, await open(), probed);
  await onShare(1);
  return file.bytes;
}

/** load() of a Hugging Face folder: converts in memory, without a probe since the result is used at once. */
export async function convertFolder(
  platform: Platform,
  folder: OpenFolder,
  options: LoadOptions,
  progress: ProgressReporter,
): Promise<Uint8Array> {
  const onShare = shareReporter(platform, options.signal, (share) => progress.convert(share));
  await onShare(0);
  return convertCheckpoint(await openCheckpointFolder(folder), instanceOpener(platform, options), {
    dtype: options.dtype === "f32" ? "f32" : "q8",
    calibration: options.calibration ?? [],
    probe: false,
    onShare,
  });
}

export function instanceOpener(
  platform: Platform,
  { binary, wasm }: Pick<BinaryOptions, "binary" | "wasm">,
): () => Promise<Instance> {
  const options = { binary, wasm };
  return async () => (await openInstance(Instance.open, platform, candidates(platform, options), options)).instance;
}

/** Reports, lets the event loop run, and stops the conversion if the signal fired meanwhile. */
export function shareReporter(
  platform: Platform,
  signal: AbortSignal | undefined,
  report: (share: number) => void,
): OnShare {
  return async (share) => {
    report(share);
    await platform.yieldToEventLoop();
    throwIfAborted(signal);
  };
}

function describe(checkpoint: Checkpoint | StaticTable, details: ModelDetails): Metadata {
  const { name, license, licenseLink, sourceUrl, pooling, matryoshka } = details;
  const own: [key: string, value: MetadataValue | undefined][] = [
    ["general.architecture", undefined],
    ["general.name", name === undefined ? undefined : string(name)],
    ["general.license", license === undefined ? undefined : string(license)],
    ["general.license.link", licenseLink === undefined ? undefined : string(licenseLink)],
    ["general.source.url", sourceUrl === undefined ? undefined : string(sourceUrl)],
    ["general.alignment", u32(ALIGNMENT)],
    ["kinvec.version", u32(kFormatVersion)],
    ["bert.pooling_type", pooling === undefined ? undefined : u32(NATIVE_POOLINGS[pooling])],
    ["kinvec.matryoshka", matryoshka === undefined ? undefined : { type: "u32[]", value: matryoshka }],
  ];
  const metadata: Metadata = new Map();
  for (const [key, value] of own) {
    const chosen = value ?? checkpoint.metadata.get(key);
    if (chosen) metadata.set(key, chosen);
  }
  for (const [key, value] of checkpoint.metadata) if (!metadata.has(key)) metadata.set(key, value);
  return metadata;
}
