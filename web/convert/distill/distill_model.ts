// The public distill(): a static model from a transformer, after Model2Vec (Tulkens and van Dongen, 2024), and with
// texts fitted to the teacher's vectors of them.
import { throwIfAborted } from "../../abort.ts";
import { checkBoolean, checkInteger, checkOptions, checkTexts, checkWord, invalid, typeName } from "../../arguments.ts";
import type { Instance } from "../../native/instance.ts";
import type { Platform } from "../../platform/platform.ts";
import { receive } from "../../source/receive.ts";
import { isFolder, resolveSource } from "../../source/resolve.ts";
import type { ModelSource } from "../../types.ts";
import { meanRow, principalAxes, project, secondMoments } from "../../vectors/principal_axes.ts";
import { CALIBRATION_SENTENCES } from "../calibration.ts";
import { convertCheckpoint, instanceOpener, shareReporter } from "../convert.ts";
import type { ConvertOptions } from "../convert_model.ts";
import { GgufFile } from "../gguf_checkpoint.ts";
import type { Metadata } from "../gguf_types.ts";
import { openHuggingFace } from "../huggingface.ts";
import { type OnShare, part } from "../share.ts";
import { type StaticTable, staticMetadata } from "../static_table.ts";
import { applyMap, fitDepartures, fitMap } from "./least_squares.ts";
import { StudentTokenizer } from "./student_tokenizer.ts";
import { Teacher } from "./teacher.ts";
import type { TokenLists } from "./token_lists.ts";
import { sifWeights, zipfCounts } from "./token_weights.ts";

/** Types of a distilled model's table. */
const kDtypes = ["q8", "q4", "f32"] as const;

/** Options of `distill`. */
export interface DistillOptions
  extends Pick<
    ConvertOptions,
    "name" | "license" | "licenseLink" | "sourceUrl" | "signal" | "onProgress" | "wasm" | "binary"
  > {
  /** Length of the vectors, up to the teacher's; default 256, or the teacher's where that is less. */
  dimensions?: number | undefined;
  /** How vectors are stored: `q8` (default), `q4` (a multiple of 32 dimensions) or `f32`. */
  dtype?: (typeof kDtypes)[number] | undefined;
  /**
   * Texts of the kind that the model is for, thousands of them: sentences rather than pages. With them, tokens are
   * weighted by how often they occur here, the vocabulary can be cut to them, and vectors are fitted to the teacher's
   * vectors of them. Without, frequencies are guessed from the order of the vocabulary.
   */
  texts?: readonly string[] | undefined;
  /** Most tokens that are kept, those most frequent in `texts`; default all. Needs `texts`. */
  vocabularySize?: number | undefined;
  /** Whether vectors are fitted to the teacher's vectors of `texts` by least squares; default true. */
  fit?: boolean | undefined;
  /** The a of the weight a / (a + p) of a token of probability p; 0 for no weights; default 0.0001. */
  sif?: number | undefined;
}

const kDimensions = 256;
const kSif = 1e-4;

/** The body of the public `distill` of each entry point. */
export async function distillModel(
  platform: Platform,
  source: ModelSource,
  given?: DistillOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const options = checkDistillOptions(given);
  const { signal, onProgress, dtype = "q8", ...details } = options;
  throwIfAborted(signal);
  const onShare = shareReporter(platform, signal, (fraction) => onProgress?.({ fraction }));
  const open = instanceOpener(platform, options);
  const { bytes, metadata } = await readTeacher(platform, source, options, open, part(onShare, 0, 0.1));
  const teacher = new Teacher(await open(), bytes);
  const table = await distillTable(teacher, metadata, await open(), options, part(onShare, 0.1, 0.95));
  return convertCheckpoint(table, open, {
    ...details,
    dtype,
    calibration: [],
    probe: true,
    onShare: part(onShare, 0.95, 1),
  });
}

function checkDistillOptions(given: DistillOptions | undefined): DistillOptions {
  const options = checkOptions(given);
  const { texts, vocabularySize, sif } = options;
  checkWord(options.dtype, "options.dtype", kDtypes);
  checkInteger(options.dimensions, "options.dimensions", 1, 8192);
  checkInteger(vocabularySize, "options.vocabularySize", 1, 1 << 24);
  checkBoolean(options.fit, "options.fit");
  if (sif !== undefined && !(typeof sif === "number" && sif >= 0 && sif < Number.POSITIVE_INFINITY)) {
    throw invalid(`options.sif must be a number from 0, not ${typeof sif === "number" ? sif : typeName(sif)}`);
  }
  if (texts === undefined) {
    if (vocabularySize !== undefined) throw invalid("options.vocabularySize needs options.texts to choose tokens by");
    return options;
  }
  if (!Array.isArray(texts)) throw invalid(`options.texts must be an array of strings, not ${typeName(texts)}`);
  if (texts.length === 0) throw invalid("options.texts is empty");
  return { ...options, texts: checkTexts(texts) };
}

/** The teacher's file and metadata; a folder is converted to 8 bits first. */
async function readTeacher(
  platform: Platform,
  source: ModelSource,
  { signal }: DistillOptions,
  open: () => Promise<Instance>,
  onShare: OnShare,
): Promise<{ bytes: Uint8Array; metadata: Metadata }> {
  const opened = await resolveSource(platform, source);
  await onShare(0);
  const file = new GgufFile(await open());
  if (!isFolder(opened)) {
    const { bytes } = await receive(await opened.open(signal), file.block, { name: opened.name, signal });
    file.parse();
    return { bytes: file.block.copy(bytes), metadata: file.metadata() };
  }
  const checkpoint = await openHuggingFace(opened);
  const bytes = await convertCheckpoint(checkpoint, open, {
    dtype: "q8",
    calibration: CALIBRATION_SENTENCES,
    probe: false,
    onShare,
  });
  return { bytes, metadata: checkpoint.metadata };
}

async function distillTable(
  teacher: Teacher,
  metadata: Metadata,
  instance: Instance,
  options: DistillOptions,
  onShare: OnShare,
): Promise<StaticTable> {
  const { texts, vocabularySize, fit = true, sif = kSif } = options;
  const { width } = teacher;
  checkInteger(options.dimensions, "options.dimensions", 1, width);
  const dimensions = options.dimensions ?? Math.min(kDimensions, width);

  let tokenizer = StudentTokenizer.of(metadata);
  let lists = texts && (await tokenizer.tokenize(instance, texts, part(onShare, 0, 0.01)));
  if (texts && lists && vocabularySize !== undefined && vocabularySize < tokenizer.size) {
    tokenizer = tokenizer.pruned(lists.counts(), vocabularySize);
    lists = await tokenizer.tokenize(instance, texts, part(onShare, 0.01, 0.02));
  }
  const tokens = await teacher.tokenVectors(tokenizer.kept, part(onShare, 0.02, lists ? 0.1 : 0.6));
  const weights = sifWeights(lists?.counts() ?? zipfCounts(tokenizer.size), sif);
  let vectors: Float32Array;
  if (texts && lists && fit) {
    const targets = await teacher.textVectors(texts, part(onShare, 0.1, 0.7));
    scaleRows(tokens, weights, width);
    vectors = await fitTokens(tokens, lists, targets, width, dimensions, part(onShare, 0.7, 1));
  } else {
    const centre = meanRow(tokens, width);
    const moments = await secondMoments(tokens, width, centre, part(onShare, 0.6, 0.8));
    const { axes } = await principalAxes(moments, width, dimensions, part(onShare, 0.8, 1));
    vectors = project(tokens, axes, width, centre);
    scaleRows(vectors, weights, dimensions);
  }
  teacher.release();
  const own = staticMetadata(dimensions, true);
  for (const [key, value] of metadata) if (kCardKeys.includes(key)) own.set(key, value);
  for (const [key, value] of tokenizer.metadata()) own.set(key, value);
  return {
    kind: "static",
    sizes: { vocabulary: tokenizer.size, hidden: dimensions },
    metadata: own,
    vectors: async () => vectors,
  };
}

/** What is said of the teacher holds for the student. */
const kCardKeys = ["general.license", "general.license.link", "general.source.url"];

/** Token vectors in the space of the texts' principal axes, fitted to `targets`. */
async function fitTokens(
  tokens: Float32Array,
  lists: TokenLists,
  targets: Float32Array,
  width: number,
  dimensions: number,
  onShare: OnShare,
): Promise<Float32Array> {
  const origin = new Float64Array(width); // cosines are about the origin, so the axes are as well
  const moments = await secondMoments(targets, width, origin, part(onShare, 0, 0.2));
  const { axes } = await principalAxes(moments, width, dimensions, part(onShare, 0.2, 0.4));
  const shortened = project(targets, axes, width, origin);
  const map = await fitMap(lists.means(tokens, width), width, shortened, dimensions, part(onShare, 0.4, 0.7));
  const vectors = applyMap(tokens, map, width, dimensions);
  await fitDepartures(lists, vectors, shortened, dimensions, part(onShare, 0.7, 1));
  return vectors;
}

function scaleRows(rows: Float32Array, factors: Float64Array, width: number): void {
  for (let i = 0; i < rows.length; i++) rows[i] = (rows[i] as number) * (factors[Math.floor(i / width)] as number);
}
