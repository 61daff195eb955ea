// The first bytes of an encrypted file, which are no secret: what its key is made with. All numbers are little-endian.
//
// byte 0: "KINVECEN"; 8: version, u32; 12: rounds of PBKDF2, u32; 16: salt, 16 bytes; 32: 7 bytes of every nonce; 39: 0
import { KinvecError } from "../errors.ts";

export interface Header {
  /** Rounds of PBKDF2. */
  iterations: number;
  /** [16] */
  salt: Uint8Array<ArrayBuffer>;
  /** Of the nonce of each segment. [7] */
  prefix: Uint8Array<ArrayBuffer>;
}

export const HEADER_BYTES = 40;

const kMagic = "KINVECEN";
const kVersion = 1;
// Fewer are never written, and more would keep a machine busy for minutes before the file is known to be what it says.
const kIterations = { least: 600_000, most: 10_000_000 };

const place = { version: 8, iterations: 12, salt: 16, prefix: 32, reserved: 39 };

export function headerBytes({ iterations, salt, prefix }: Header): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(HEADER_BYTES);
  bytes.set(new TextEncoder().encode(kMagic));
  const view = new DataView(bytes.buffer);
  view.setUint32(place.version, kVersion, true);
  view.setUint32(place.iterations, iterations, true);
  bytes.set(salt, place.salt);
  bytes.set(prefix, place.prefix);
  return bytes;
}

/** Throws MODEL_FORMAT for what is no such file, MODEL_VERSION. */
export function parseHeader(bytes: Uint8Array<ArrayBuffer>): Header {
  if (String.fromCharCode(...bytes.subarray(0, kMagic.length)) !== kMagic || bytes.byteLength < HEADER_BYTES) {
    throw new KinvecError("MODEL_FORMAT", "the bytes were not encrypted by this package", { at: 0 });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, HEADER_BYTES);
  const version = view.getUint32(place.version, true);
  if (version !== kVersion) {
    const message = `the bytes are encrypted as version ${version}; this package reads version ${kVersion}`;
    throw new KinvecError("MODEL_VERSION", message, { at: place.version });
  }
  const iterations = view.getUint32(place.iterations, true);
  if (iterations < kIterations.least || iterations > kIterations.most || bytes[place.reserved] !== 0) {
    throw new KinvecError("MODEL_FORMAT", "the header is none that encryption writes", { at: place.iterations });
  }
  return { iterations, salt: bytes.slice(place.salt, place.prefix), prefix: bytes.slice(place.prefix, place.reserved) };
}
