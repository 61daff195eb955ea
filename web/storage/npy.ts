// NumPy's .npy format: a text header, then the numbers. Written as version 1.0 with a header of a fixed size and
// little-endian f32; read in all versions, and from f16 and f64 too.
import { checkInteger, invalid, typeName } from "../arguments.ts";
import { decodeF16, decodeF32 } from "../convert/floats.ts";
import { KinvecError } from "../errors.ts";
import { isA } from "../realms.ts";
import { checkShape, type Matrix, type Vectors, writeRows } from "./matrix.ts";

/** Bytes before the first row; the header is padded to this, so that it can be rewritten once the count is known. */
const kHeaderBytes = 128;

const kMagic = "\u0093NUMPY";
const kPreludeBytes = kMagic.length + 2; // and the version

/**
 * The header alone, of float32 [rows, columns] as NumPy writes it, for a file that grows: it has 128 bytes whatever the
 * counts, so it can be written over when all rows are behind it.
 *
 * @throws KinvecError INVALID_ARGUMENT.
 *
 * @example
 * ```js
 * await file.write(npyHeader(0, 384));
 * ```
 */
export function npyHeader(rows: number, columns: number): Uint8Array {
  checkInteger(rows, "rows", 0, Number.MAX_SAFE_INTEGER);
  checkInteger(columns, "columns", 0, Number.MAX_SAFE_INTEGER);
  const description = `{'descr': '<f4', 'fortran_order': False, 'shape': (${rows}, ${columns}), }`;
  const textBytes = kHeaderBytes - kPreludeBytes - 2;
  const prelude = `${kMagic}\u0001\u0000${String.fromCharCode(textBytes % 256, textBytes >> 8)}`;
  return latin1(`${prelude}${description.padEnd(textBytes - 1)}\n`);
}

/**
 * A .npy file of vectors, as `numpy.save` writes a two-dimensional float32 array.
 *
 * @throws KinvecError INVALID_ARGUMENT, DIMENSION_MISMATCH.
 *
 * @example
 * ```js
 * await writeFile("vectors.npy", toNpy(await model.embed(texts)));
 * ```
 */
export function toNpy(vectors: Vectors): Uint8Array<ArrayBuffer> {
  const { rows, columns } = checkShape(vectors);
  const file = new Uint8Array(kHeaderBytes + 4 * rows * columns);
  file.set(npyHeader(rows, columns));
  writeRows(vectors, new Float32Array(file.buffer, kHeaderBytes), columns);
  return file;
}

/**
 * Reads a .npy file of one or two dimensions: float32, and float16 and float64, which are rounded to float32 as NumPy
 * does. A one-dimensional array is one row.
 *
 * @throws KinvecError INVALID_ARGUMENT, MODEL_FORMAT for what is no such file or a damaged one, MODEL_VERSION,
 *   UNSUPPORTED_DTYPE for other types, big-endian numbers and Fortran order.
 *
 * @example
 * ```js
 * const vectors = toVectors(fromNpy(await readFile("vectors.npy")));
 * ```
 */
export function fromNpy(file: Uint8Array | ArrayBuffer): Matrix {
  const bytes = isA(file, "ArrayBuffer") ? new Uint8Array(file) : file;
  if (!isA(bytes, "Uint8Array")) throw invalid(`file must be a Uint8Array or ArrayBuffer, not ${typeName(file)}`);
  const { text, end } = headerText(bytes);
  const decode = decoderOf(text);
  const { rows, columns } = shapeOf(text);
  const data = bytes.subarray(end);
  if (data.byteLength !== rows * columns * decode.bytes) {
    const message = `the .npy file has ${data.byteLength} bytes of numbers, not ${rows} x ${columns} x ${decode.bytes}`;
    throw new KinvecError("MODEL_FORMAT", message, { at: end });
  }
  return { data: decode.values(data), rows, columns };
}

function headerText(bytes: Uint8Array): { text: string; end: number } {
  if (fromLatin1(bytes.subarray(0, kMagic.length)) !== kMagic) {
    throw new KinvecError("MODEL_FORMAT", "not a .npy file: it does not start with \\x93NUMPY", { at: 0 });
  }
  const version = bytes[kMagic.length];
  if (version !== undefined && !(version >= 1 && version <= 3)) {
    const message = `the .npy file has version ${version}; 1 to 3 are read`;
    throw new KinvecError("MODEL_VERSION", message, { at: kMagic.length });
  }
  const start = kPreludeBytes + (version === 1 ? 2 : 4);
  if (bytes.byteLength < start) throw damaged("ends in the middle of its header");
  const view = new DataView(bytes.buffer, bytes.byteOffset + kPreludeBytes);
  const end = start + (version === 1 ? view.getUint16(0, true) : view.getUint32(0, true));
  if (bytes.byteLength < end) throw damaged("ends in the middle of its header");
  return { text: fromLatin1(bytes.subarray(start, end)), end };
}

interface Decoder {
  bytes: number;
  values: (bytes: Uint8Array) => Float32Array;
}

const kDecoders: Readonly<Record<string, Decoder>> = {
  "<f2": { bytes: 2, values: decodeF16 },
  "<f4": { bytes: 4, values: decodeF32 },
  "<f8": { bytes: 8, values: (bytes) => Float32Array.from(new Float64Array(bytes.slice().buffer)) },
};

/** How the numbers are read, by the header: the text of a Python dict. */
function decoderOf(text: string): Decoder {
  const type = field(text, "descr", /'[^']*'|"[^"]*"|\[.*\]/).replace(/['"]/g, "");
  const decoder = kDecoders[type];
  if (!decoder) {
    const message = `the .npy file has numbers of type ${type}; ${Object.keys(kDecoders).join(", ")} are read`;
    throw new KinvecError("UNSUPPORTED_DTYPE", message);
  }
  if (field(text, "fortran_order", /True|False/) === "True") {
    const message = "the .npy file is in Fortran order; save it after numpy.ascontiguousarray()";
    throw new KinvecError("UNSUPPORTED_DTYPE", message);
  }
  return decoder;
}

function shapeOf(text: string): Pick<Matrix, "rows" | "columns"> {
  const shape = field(text, "shape", /\([\d\sL,]*\)/);
  const sizes = (shape.match(/\d+/g) ?? []).map(Number);
  const [rows, columns] = sizes.length === 1 ? [1, ...sizes] : sizes;
  if (sizes.length < 1 || sizes.length > 2 || rows === undefined || columns === undefined) {
    throw new KinvecError("UNSUPPORTED_DTYPE", `the .npy file has the shape ${shape}; one or two dimensions are read`);
  }
  return { rows, columns };
}

/** The text of a value of the header. */
function field(text: string, name: string, value: RegExp): string {
  const found = new RegExp(`['"]${name}['"]\\s*:\\s*(${value.source})`).exec(text)?.[1];
  if (found === undefined) throw damaged(`has no ${name} in its header`);
  return found;
}

function damaged(what: string): KinvecError {
  return new KinvecError("MODEL_FORMAT", `the .npy file ${what}`);
}

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function fromLatin1(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
}
