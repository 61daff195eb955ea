// What a model will take, before it is downloaded.
import { throwIfAborted } from "./abort.ts";
import { checkOptions } from "./arguments.ts";
import { KinvecError } from "./errors.ts";
import { checkLoadOptions } from "./load_options.ts";
import type { Platform } from "./platform/platform.ts";
import { concatenate } from "./source/receive.ts";
import { isFolder, resolveSource } from "./source/resolve.ts";
import { checkMagic, SNIFF_BYTES } from "./source/sniff.ts";
import { readModelCard } from "./tokenizers/gguf_header.ts";
import type { Estimate, LoadOptions, ModelSource } from "./types.ts";

// Measured; a token of the vocabulary has its string, its place in a table and its flags.
const kEngineBytes = 1 << 20;
const kBytesPerToken = 80;
const kChunkTokens = 512; // as in src/engine.cpp
const kMostHeaderBytes = 1 << 24;

interface Shape {
  layers: number;
  hidden: number;
  intermediate: number;
  vocabSize: number;
  positions: number;
}

/** The body of the public `estimate` of each entry point. */
export async function estimateModel(platform: Platform, given: ModelSource, options?: LoadOptions): Promise<Estimate> {
  const { signal, baseUrl, cache, workers } = checkLoadOptions(checkOptions(options));
  throwIfAborted(signal);
  const source = await resolveSource(platform, given, baseUrl);
  if (isFolder(source)) throw new KinvecError("INVALID_ARGUMENT", "estimate() is for model files, not for folders");
  const store = cache && source.url !== undefined ? await platform.openStore(cache).catch(() => undefined) : undefined;
  const kept = source.url === undefined ? undefined : await store?.read(source.url).catch(() => undefined);
  const { chunks, length } = kept ?? (await source.open(signal));
  const shape = await readShape(chunks, source.name, signal);
  const fileBytes = length ?? Math.round(1.1 * parametersOf(shape)); // as of 8-bit weights
  const memoryBytes = Math.round(memoryOf(shape, fileBytes));
  const copies = workers === undefined || workers === "auto" ? 1 : workers;
  return { downloadBytes: kept || source.url === undefined ? 0 : length, memoryBytes: copies * memoryBytes };
}

/** Reads no more than the beginning; the body is cancelled by leaving the loop. */
async function readShape(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
  signal: AbortSignal | undefined,
): Promise<Shape> {
  let head = new Uint8Array(0);
  for await (const chunk of chunks) {
    throwIfAborted(signal);
    head = concatenate([head, chunk]);
    if (head.byteLength < SNIFF_BYTES) continue;
    checkMagic(head.subarray(0, SNIFF_BYTES), name);
    const card = readModelCard(head);
    if (card) {
      const number = (key: string) =>
        Number(card.values.get(`${card.values.get("general.architecture")?.value}.${key}`)?.value);
      const shape = {
        layers: number("block_count"),
        hidden: number("embedding_length"),
        intermediate: number("feed_forward_length"),
        positions: number("context_length"),
        vocabSize: card.vocabSize,
      };
      if (Object.values(shape).every((value) => value >= 0)) return shape;
      throw new KinvecError("UNSUPPORTED_ARCHITECTURE", `${name} does not state the sizes of an encoder`);
    }
    if (head.byteLength > kMostHeaderBytes) break;
  }
  if (head.byteLength < SNIFF_BYTES) checkMagic(head, name);
  throw new KinvecError("MODEL_FORMAT", `${name} has no vocabulary at its beginning`);
}

function linearParameters({ layers, hidden, intermediate }: Shape): number {
  return layers * (4 * hidden ** 2 + 2 * hidden * intermediate);
}

function parametersOf(shape: Shape): number {
  return linearParameters(shape) + (shape.vocabSize + shape.positions) * shape.hidden;
}

/** The file stays in memory; weights that are not in 8 bits are copied to the form that runs. */
function memoryOf(shape: Shape, fileBytes: number): number {
  const bytesPerParameter = fileBytes / parametersOf(shape);
  const copied = bytesPerParameter > 3 ? 4 : bytesPerParameter > 1.5 || bytesPerParameter < 0.75 ? 1 : 0;
  const { hidden, intermediate, vocabSize } = shape;
  const perToken = 4 * (4 * hidden + intermediate) + Math.max(hidden, intermediate) + 4 * kChunkTokens;
  return (
    kEngineBytes + fileBytes + copied * linearParameters(shape) + kChunkTokens * perToken + kBytesPerToken * vocabSize
  );
}
