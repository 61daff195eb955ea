// A training that is put away, as bytes. All numbers are little-endian:
//
//   "KINVECWT"  version u32  bytes of the settings u32  their hash u32, which FastText gives words
//   settings    JSON: the options, and hashes by the engine (XXH64, 16 hexadecimal digits)
//   state       of the trainer, piece by piece
//
// The settings are looked at before there is an engine, and so have a hash that needs none.
import { invalid, typeName } from "../../arguments.ts";
import { KinvecError } from "../../errors.ts";
import { isA } from "../../realms.ts";
import { hashOf } from "../vectors/subwords.ts";

export interface CheckpointSettings {
  /** By the names that they have for users. */
  options: Record<string, string | number>;
  /** Hash of the words of the texts. */
  texts: string;
  /** Hash of the state before the first step, which `initial` is in. */
  start: string;
  /** Hash of the state that follows. */
  state: string;
}

export interface Checkpoint {
  settings: CheckpointSettings;
  state: Uint8Array;
}

const kMagic = "KINVECWT";
const kVersion = 1;
const kHeadBytes = 8 + 3 * 4;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Copies the pieces of the state, once. Throws OUT_OF_MEMORY. */
export function writeCheckpoint(settings: CheckpointSettings, state: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const json = encoder.encode(JSON.stringify(settings));
  const bytes = allocate(state.reduce((sum, piece) => sum + piece.length, kHeadBytes + json.length));
  const view = new DataView(bytes.buffer);
  encoder.encodeInto(kMagic, bytes);
  for (const [i, value] of [kVersion, json.length, hashOf(json)].entries()) view.setUint32(8 + 4 * i, value, true);
  let at = kHeadBytes;
  for (const piece of [json, ...state]) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/** Copies nothing. Throws INVALID_ARGUMENT, MODEL_FORMAT, MODEL_VERSION, MODEL_HASH. */
export function readCheckpoint(bytes: unknown): Checkpoint {
  if (!isA(bytes, "Uint8Array")) throw invalid(`options.resume must be a Uint8Array, not ${typeName(bytes)}`);
  if (bytes.length < kHeadBytes || decoder.decode(bytes.subarray(0, 8)) !== kMagic) {
    throw new KinvecError("MODEL_FORMAT", "options.resume is no checkpoint of a training of word vectors", { at: 0 });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [version, length, hash] = [8, 12, 16].map((at) => view.getUint32(at, true)) as [number, number, number];
  if (version !== kVersion) {
    throw new KinvecError("MODEL_VERSION", `options.resume has version ${version}, which is not known here`, { at: 8 });
  }
  const json = bytes.subarray(kHeadBytes, kHeadBytes + length);
  if (hashOf(json) !== hash) throw damaged();
  return { settings: settingsOf(json), state: bytes.subarray(kHeadBytes + length) };
}

/** Of bytes that match their checksum. */
function settingsOf(json: Uint8Array): CheckpointSettings {
  try {
    const settings = JSON.parse(decoder.decode(json));
    if (typeof settings.options === "object" && settings.options !== null) return settings;
  } catch {}
  throw new KinvecError("MODEL_FORMAT", "options.resume has settings that no training has", { at: kHeadBytes });
}

/** Throws INVALID_ARGUMENT with the name of an option that is another than that of the checkpoint. */
export function checkSameOptions(options: CheckpointSettings["options"], { settings }: Checkpoint): void {
  for (const [name, value] of Object.entries(options)) {
    const saved = settings.options[name];
    if (saved === value) continue;
    const [own, other] = [value, saved].map((each) => JSON.stringify(each));
    throw invalid(`options.${name} is ${own}, that of the training in options.resume ${other}`);
  }
}

export function damaged(): KinvecError {
  return new KinvecError("MODEL_HASH", "options.resume is damaged: its bytes do not match their checksum");
}

function allocate(bytes: number): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(bytes);
  } catch (cause) {
    throw new KinvecError("OUT_OF_MEMORY", `there is no memory for a checkpoint of ${bytes} bytes`, { cause });
  }
}
