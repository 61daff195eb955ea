// A fitted analysis as bytes. All numbers are little-endian:
//
//   "KINVECPC"  version u32  flags u32 (1 whiten, 2 normalise)  inputDimensions u32  dimensions u32  fingerprint u32 (bytes)
//   u32 (0)  totalVariance f64  explainedVariance f64 [dimensions]  mean f32 [inputDimensions]
//   components f32 [dimensions, inputDimensions]  fingerprint UTF-8
//   XXH64 of all that, u64
import { KinvecError } from "../errors.ts";
import { Xxh64 } from "../xxh64.ts";

/** What a fit found. Numbers of `mean` and `components` are such as 32 bits hold. */
export interface PcaState {
  whiten: boolean;
  normalize: boolean;
  /** Of the vectors of the fit; empty if not known. */
  fingerprint: string;
  /** In all directions. */
  totalVariance: number;
  explainedVariance: Float64Array; // [dimensions]
  mean: Float64Array; // [input_dimensions]
  components: Float64Array; // [dimensions, input_dimensions]
}

const kMagic = "KINVECPC";
const kVersion = 1;
const kHeaderBytes = 40;
const kChecksumBytes = 8;
const kWhiten = 1;
const kNormalize = 2;
/** Of an index. */
const kMostDimensions = 65536;
/** How far from 1 the square of an axis's length may be. */
const kUnitTolerance = 1e-3;

const encoder = new TextEncoder();

export function writePca(state: PcaState): Uint8Array<ArrayBuffer> {
  const { explainedVariance, mean, components } = state;
  const fingerprint = encoder.encode(state.fingerprint);
  const numbers = mean.length + components.length;
  const end = kHeaderBytes + 8 * explainedVariance.length + 4 * numbers + fingerprint.length;
  const bytes = new Uint8Array(end + kChecksumBytes);
  const view = new DataView(bytes.buffer);
  const flags = (state.whiten ? kWhiten : 0) | (state.normalize ? kNormalize : 0);
  bytes.set(encoder.encode(kMagic));
  for (const [i, value] of [kVersion, flags, mean.length, explainedVariance.length, fingerprint.length, 0].entries()) {
    view.setUint32(kMagic.length + 4 * i, value, true);
  }
  view.setFloat64(kHeaderBytes - 8, state.totalVariance, true);
  let at = kHeaderBytes;
  for (const value of explainedVariance) {
    view.setFloat64(at, value, true);
    at += 8;
  }
  for (const values of [mean, components]) {
    for (const value of values) {
      view.setFloat32(at, value, true);
      at += 4;
    }
  }
  bytes.set(fingerprint, at);
  view.setBigUint64(end, BigInt(`0x${new Xxh64().update(bytes.subarray(0, end)).digest()}`), true);
  return bytes;
}

/** The checksum of the bytes, by which two analyses are told apart. */
export function checksumOf(state: PcaState): string {
  const bytes = writePca(state);
  return new Xxh64().update(bytes.subarray(0, bytes.length - kChecksumBytes)).digest();
}

/**
 * Reads what writePca wrote.
 *
 * @throws KinvecError MODEL_FORMAT, MODEL_VERSION, MODEL_HASH.
 */
export function readPca(bytes: Uint8Array): PcaState {
  const isLongEnough = bytes.length >= kHeaderBytes + kChecksumBytes;
  const start = isLongEnough && new TextDecoder().decode(bytes.subarray(0, kMagic.length));
  if (start !== kMagic) throw damaged("they do not begin as one", 0);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [version, flags, width, dimensions, fingerprintBytes, reserved] = Array.from({ length: 6 }, (_, i) =>
    view.getUint32(kMagic.length + 4 * i, true),
  ) as [number, number, number, number, number, number];
  if (version !== kVersion) {
    const message = `the analysis has version ${version}; this package reads version ${kVersion}`;
    throw new KinvecError("MODEL_VERSION", message, { at: kMagic.length });
  }
  const end = kHeaderBytes + 8 * dimensions + 4 * (width + width * dimensions) + fingerprintBytes;
  if (bytes.length !== end + kChecksumBytes) throw damaged(`${bytes.length} bytes are not as many as it has`, 16);
  const checksum = view.getBigUint64(end, true).toString(16).padStart(16, "0");
  if (new Xxh64().update(bytes.subarray(0, end)).digest() !== checksum) {
    throw new KinvecError("MODEL_HASH", "the bytes of the analysis do not match their checksum: it is damaged");
  }
  if (dimensions < 1 || dimensions > width || width > kMostDimensions) {
    throw damaged(`${dimensions} of ${width} dimensions`, 16);
  }
  if (flags > (kWhiten | kNormalize) || reserved !== 0) throw damaged("it has flags that are not known", 12);
  const variancesAt = kHeaderBytes;
  const meanAt = variancesAt + 8 * dimensions;
  const state: PcaState = {
    whiten: (flags & kWhiten) !== 0,
    normalize: (flags & kNormalize) !== 0,
    fingerprint: textOf(bytes.subarray(end - fingerprintBytes, end)),
    totalVariance: view.getFloat64(kHeaderBytes - 8, true),
    explainedVariance: numbers(dimensions, (i) => view.getFloat64(variancesAt + 8 * i, true)),
    mean: numbers(width, (i) => view.getFloat32(meanAt + 4 * i, true)),
    components: numbers(dimensions * width, (i) => view.getFloat32(meanAt + 4 * (width + i), true)),
  };
  checkState(state);
  return state;
}

/** A right checksum does not mean right numbers: anybody can write one. */
function checkState({ totalVariance, explainedVariance, mean, components }: PcaState): void {
  const isVariance = (value: number) => value >= 0 && value < Number.POSITIVE_INFINITY;
  const falls = explainedVariance.every((value, i) => i === 0 || value <= (explainedVariance[i - 1] as number));
  if (!isVariance(totalVariance) || !explainedVariance.every(isVariance) || !falls) {
    throw damaged("a variance cannot be as it is", kHeaderBytes - 8);
  }
  const meanAt = kHeaderBytes + 8 * explainedVariance.length;
  if (!mean.every(Number.isFinite)) throw damaged("the mean is not finite", meanAt);
  const width = mean.length;
  for (let start = 0; start < components.length; start += width) {
    let squares = 0;
    for (let i = start; i < start + width; i++) squares += (components[i] as number) ** 2;
    if (!(Math.abs(squares - 1) < kUnitTolerance)) {
      throw damaged("an axis is not of length 1", meanAt + 4 * (width + start));
    }
  }
}

function numbers(count: number, value: (i: number) => number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => value(i));
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw damaged("its fingerprint is not UTF-8", 24);
  }
}

function damaged(what: string, at: number): KinvecError {
  return new KinvecError("MODEL_FORMAT", `the bytes are no analysis: ${what}`, { at });
}
