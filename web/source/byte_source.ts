// Where the bytes of a model file come from: one interface over URLs, streams, blobs and buffers.
import { abortable } from "../abort.ts";
import type { Validators } from "../cache/model_store.ts";
import { KinvecError } from "../errors.ts";
import { isA } from "../realms.ts";

/** A body that is being read. */
export interface OpenBody {
  /** Each is valid until the next is asked for, which may come in the same buffer. */
  chunks: AsyncIterable<Uint8Array>;
  /** Bytes to come, where known. */
  length: number | undefined;
  /** Whether `length` can be relied on; a Content-Length header can be wrong. */
  exact: boolean;
  /** What the server said of the file's version. */
  validators?: Validators;
  /** Ends a body that was not read, where it would otherwise go on arriving. */
  cancel?: () => void;
}

export interface ByteSource {
  /** For messages: the URL, path, or kind of source. */
  readonly name: string;
  /** Whether open() may be called again after the first body was read. */
  readonly reopenable: boolean;
  /** The URL, of a source that anyone can fetch by it. */
  readonly url?: string;
  /** Starts reading. Rejects with FETCH_FAILED where there is nothing to read. */
  open(signal?: AbortSignal): Promise<OpenBody>;
  /** Told how the load of the last body ended; answers whether another body may be better. */
  settle?(error?: unknown): Promise<boolean>;
}

// Large buffers are handed over in pieces, so that progress is seen and an abort is heard.
const kPieceBytes = 4 << 20;

/** Bytes in memory. */
export function bytesSource(bytes: Uint8Array): ByteSource {
  async function* pieces() {
    for (let at = 0; at < bytes.byteLength; at += kPieceBytes) yield bytes.subarray(at, at + kPieceBytes);
  }
  return {
    name: "the given bytes",
    reopenable: true,
    open: async () => ({ chunks: pieces(), length: bytes.byteLength, exact: true }),
  };
}

/** A Blob or File. */
export function blobSource(blob: Blob): ByteSource {
  return {
    name: "name" in blob && typeof blob.name === "string" ? blob.name : "the given Blob",
    reopenable: true,
    open: async (signal) => ({ chunks: chunksOf(blob.stream(), signal), length: blob.size, exact: true }),
  };
}

/** A stream; it can be read once. */
export function streamSource(stream: ReadableStream<Uint8Array>): ByteSource {
  return {
    name: "the given stream",
    reopenable: false,
    open: async (signal) => {
      if (stream.locked) throw new KinvecError("INVALID_ARGUMENT", "the given stream is already being read");
      return { chunks: chunksOf(stream, signal), length: undefined, exact: false };
    },
  };
}

// Chromium collects a stream as garbage, although its next chunk is waited for, where the waiting is all that holds it:
// the bodies of Blobs and of Responses out of a cache then stand still for ever.
const beingRead = new Set<object>();

/** The chunks of a stream; the stream is cancelled when reading stops early. Not every browser iterates streams itself. */
export async function* chunksOf(
  stream: ReadableStream<Uint8Array>,
  signal?: AbortSignal,
  name = "the given stream",
): AsyncGenerator<Uint8Array> {
  const reader = openReader(stream);
  beingRead.add(reader);
  let finished = false;
  try {
    for (;;) {
      const { done, value } = await abortable(reader.read(), signal);
      if (done) break;
      if (!isA(value, "Uint8Array")) {
        throw new KinvecError("INVALID_ARGUMENT", `${name} must yield Uint8Array chunks, not ${typeof value}`);
      }
      yield value;
    }
    finished = true;
  } catch (cause) {
    if (cause instanceof KinvecError) throw cause;
    throw new KinvecError("FETCH_FAILED", `reading ${name} failed: ${messageOf(cause)}`, { cause });
  } finally {
    beingRead.delete(reader);
    if (!finished) void reader.cancel().catch(() => {});
  }
}

// What arrives meanwhile waits in the stream.
const kBufferBytes = 1 << 18;

/** Where the stream can fill a given buffer, as bodies of responses can, one does for all chunks: none is left behind. */
function openReader(
  stream: ReadableStream<Uint8Array>,
): Pick<ReadableStreamDefaultReader<Uint8Array>, "read" | "cancel"> {
  let reader: ReadableStreamBYOBReader;
  try {
    reader = stream.getReader({ mode: "byob" });
  } catch {
    return stream.getReader();
  }
  let buffer = new ArrayBuffer(kBufferBytes);
  return {
    async read() {
      const { done, value } = await reader.read(new Uint8Array(buffer));
      if (done) return { done, value: undefined };
      buffer = value.buffer;
      return { done, value };
    },
    cancel: (reason) => reader.cancel(reason),
  };
}

export function messageOf(cause: unknown): string {
  if (!isA(cause, "Error")) return String(cause);
  // Node's fetch says only "fetch failed" and keeps the reason underneath.
  return isA(cause.cause, "Error") ? `${cause.message} (${cause.cause.message})` : cause.message;
}
