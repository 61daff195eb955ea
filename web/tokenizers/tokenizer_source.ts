// From whatever was given to loadTokenizer() to the GGUF bytes that the engine reads.
import { abortable, throwIfAborted } from "../abort.ts";
import { GgufWriter } from "../convert/gguf_writer.ts";
import { KinvecError } from "../errors.ts";
import type { OpenFolder, Platform } from "../platform/platform.ts";
import { isPlainObject } from "../realms.ts";
import { type ByteSource, bytesSource } from "../source/byte_source.ts";
import type { RandomAccess } from "../source/random_access.ts";
import { concatenate } from "../source/receive.ts";
import { isFolder, resolveSource } from "../source/resolve.ts";
import { checkJsonObject, isGguf, SNIFF_BYTES } from "../source/sniff.ts";
import type { ModelSource } from "../types.ts";
import { metadataOfJson } from "./flat_form/from_json.ts";
import { headerWithoutTensors } from "./gguf_header.ts";
import type { TokenizerSource } from "./types.ts";

const kFileName = "tokenizer.json";
/** Fifteen times the largest that is published; engines hold no string much longer. */
const kMostJsonBytes = 2 ** 28;

export interface ReadOptions {
  baseUrl?: string | URL | undefined;
  signal?: AbortSignal | undefined;
  onBytes: (loaded: number, total: number | undefined) => void;
}

/** A GGUF file that has the tokenizer's metadata and nothing else. */
export interface TokenizerFile {
  /** For messages. */
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
}

export async function readTokenizer(
  platform: Platform,
  given: TokenizerSource,
  options: ReadOptions,
): Promise<TokenizerFile> {
  if (isJsonText(given)) return fileOfText(given, "the given text");
  if (isParsedJson(given)) return fileOfJson(given, kFileName);
  const opened = await resolveSource(platform, given as ModelSource, options.baseUrl);
  return readBody(isFolder(opened) ? await tokenizerOf(opened) : opened, options);
}

/** The GGUF file of a parsed tokenizer.json. */
export function fileOfJson(json: unknown, name: string): TokenizerFile {
  return { name, bytes: new GgufWriter(metadataOfJson(json, name), []).bytes };
}

function isJsonText(given: unknown): given is string {
  return typeof given === "string" && /^[\s\uFEFF]*\{/.test(given);
}

/** A folder's keys are its files, of which one is the tokenizer's. */
function isParsedJson(given: unknown): boolean {
  return isPlainObject(given) && !Object.hasOwn(given, kFileName);
}

async function tokenizerOf(folder: OpenFolder): Promise<ByteSource> {
  const file: RandomAccess | undefined = folder.get(kFileName);
  if (!file) throw new KinvecError("MODEL_FORMAT", `the folder has no ${kFileName}`);
  const source = bytesSource(await file.read(0, file.size));
  return { ...source, name: file.name };
}

/** Reads as much of the body as is needed: all of a tokenizer.json, the metadata of a GGUF file. */
async function readBody(source: ByteSource, { signal, onBytes }: ReadOptions): Promise<TokenizerFile> {
  const { name } = source;
  const body = await abortable(source.open(signal), signal);
  const chunks: Uint8Array[] = [];
  let loaded = 0;
  let isModel: boolean | undefined; // a GGUF file
  let nextTry = 0;
  for await (const chunk of body.chunks) {
    throwIfAborted(signal);
    chunks.push(new Uint8Array(chunk)); // copied, since the next chunk may come in the same buffer
    loaded += chunk.byteLength;
    onBytes(loaded, body.length);
    if (isModel === undefined && loaded >= SNIFF_BYTES) isModel = sniff(concatenate(chunks), name);
    if (!isModel && loaded > kMostJsonBytes)
      throw new KinvecError("MODEL_FORMAT", `${name} is too long a ${kFileName}`);
    if (isModel && loaded >= nextTry) {
      const whole = concatenate(chunks);
      const bytes = headerWithoutTensors(whole);
      if (bytes) return { name, bytes };
      chunks.splice(0, chunks.length, whole);
      nextTry = 2 * loaded;
    }
  }
  throwIfAborted(signal);
  const whole = concatenate(chunks);
  const short = body.length !== undefined && loaded < body.length;
  try {
    if (!(isModel ?? sniff(whole, name))) return fileOfText(new TextDecoder().decode(whole), name);
    const bytes = headerWithoutTensors(whole);
    if (bytes) return { name, bytes };
    throw new KinvecError("MODEL_FORMAT", `${name} ends in the middle of its header`, { at: loaded });
  } catch (cause) {
    if (!short) throw cause;
    throw new KinvecError("FETCH_FAILED", `${name} ended after ${loaded} of ${body.length} bytes`, { cause });
  }
}

/** Whether it is a GGUF file; throws if it is no tokenizer.json either. */
function sniff(bytes: Uint8Array, name: string): boolean {
  const head = bytes.subarray(0, SNIFF_BYTES);
  if (isGguf(head)) return true;
  checkJsonObject(head, name);
  return false;
}

function fileOfText(text: string, name: string): TokenizerFile {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (cause) {
    throw new KinvecError("MODEL_FORMAT", `${name} is not valid JSON: ${(cause as Error).message}`, { cause });
  }
  return fileOfJson(json, name);
}
