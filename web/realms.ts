// What a value is, wherever it was made. A frame and a test environment have classes of their own, which `instanceof` does
// not know as those of the script.

interface Kinds {
  ArrayBuffer: ArrayBuffer;
  BigInt64Array: BigInt64Array;
  BigUint64Array: BigUint64Array;
  Blob: Blob;
  DataView: DataView;
  Error: Error;
  File: File;
  Float32Array: Float32Array;
  Float64Array: Float64Array;
  Int32Array: Int32Array;
  Int8Array: Int8Array;
  ReadableStream: ReadableStream<Uint8Array>;
  RegExp: RegExp;
  Request: Request;
  Response: Response;
  URL: URL;
  Uint32Array: Uint32Array;
  Uint8Array: Uint8Array;
  "WebAssembly.Module": WebAssembly.Module;
}

/** Whether the value is an object literal, or what JSON gives: one of no class. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/**
 * Whether the value is of one of these kinds. A subclass counts unless it calls itself otherwise, as File does. Bytes and
 * numbers that are detached count as none.
 */
export function isA<K extends keyof Kinds>(value: unknown, ...kinds: readonly K[]): value is Kinds[K] {
  const name = Object.prototype.toString.call(value).slice("[object ".length, -1);
  return (kinds as readonly string[]).includes(name) && !isDetached(value);
}

/** Whether the value is bytes or numbers whose buffer was transferred: they look empty, and most of what is done to them throws. */
export function isDetached(value: unknown): boolean {
  const buffer = ArrayBuffer.isView(value) ? value.buffer : value;
  if (Object.prototype.toString.call(buffer) !== "[object ArrayBuffer]") return false;
  if ((buffer as ArrayBuffer).byteLength > 0) return false;
  try {
    new Uint8Array(buffer as ArrayBuffer);
    return false;
  } catch {
    return true;
  }
}
