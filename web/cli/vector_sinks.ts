// Where vectors go: JSON lines or .npy, to a file or to standard output.
import { once } from "node:events";
import type { FileHandle } from "node:fs/promises";
import { concatenate } from "../source/receive.ts";
import { npyHeader } from "../storage/npy.ts";
import type { EmbedResult } from "../types.ts";

export type VectorFormat = "jsonl" | "npy";

export interface VectorSink {
  write(texts: readonly string[], result: EmbedResult): Promise<void>;
  /** Writes what can only be written at the end. */
  finish(): Promise<void>;
}

/** Writes at the file's end or, with a position, over what is there. */
type Put = (bytes: Uint8Array, position?: number) => Promise<void>;

/** `file` undefined = standard output. `dimensions`: length of every vector. */
export function openSink(format: VectorFormat, file: FileHandle | undefined, dimensions: number): VectorSink {
  if (format === "jsonl") return jsonLines(file ? toFile(file) : toStandardOutput);
  return file ? npyFile(toFile(file), dimensions) : npyPipe(dimensions);
}

function jsonLines(put: Put): VectorSink {
  return {
    async write(texts, { vectors, tokenCounts, truncated }) {
      const lines = texts.map((text, i) =>
        JSON.stringify({
          text,
          tokens: tokenCounts[i],
          truncated: truncated[i],
          vector: Array.from(vectors[i] as Float32Array),
        }),
      );
      await put(Buffer.from(`${lines.join("\n")}\n`));
    },
    finish: async () => {},
  };
}

/** The header is written over once the number of rows is known. */
function npyFile(put: Put, dimensions: number): VectorSink {
  let rows = 0;
  let started = false;
  const start = async () => {
    if (!started) await put(npyHeader(0, dimensions));
    started = true;
  };
  return {
    async write(_, { vectors }) {
      await start();
      await put(rowBytes(vectors));
      rows += vectors.length;
    },
    async finish() {
      await start();
      await put(npyHeader(rows, dimensions), 0);
    },
  };
}

/** A pipe cannot be written over, so the rows wait for their number. */
function npyPipe(dimensions: number): VectorSink {
  const parts: Uint8Array[] = [];
  return {
    async write(_, { vectors }) {
      parts.push(rowBytes(vectors));
    },
    async finish() {
      const rows = concatenate(parts);
      await toStandardOutput(npyHeader(rows.byteLength / (4 * dimensions), dimensions));
      await toStandardOutput(rows);
    },
  };
}

function rowBytes(vectors: readonly Float32Array[]): Uint8Array {
  return concatenate(vectors.map((vector) => new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength)));
}

function toFile(file: FileHandle): Put {
  let end = 0;
  return async (bytes, position) => {
    await file.write(bytes, 0, bytes.byteLength, position ?? end);
    end = Math.max(end, (position ?? end) + bytes.byteLength);
  };
}

const toStandardOutput: Put = async (bytes) => {
  if (!process.stdout.write(bytes)) await once(process.stdout, "drain");
};
