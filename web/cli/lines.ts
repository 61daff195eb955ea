// Lines of text from a file or standard input, in batches.
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createInterface } from "node:readline";
import { throwIfAborted } from "../abort.ts";
import { KinvecError } from "../errors.ts";
import { messageOf } from "../source/byte_source.ts";

const kLinesPerBatch = 256;

export interface LineBatch {
  lines: string[];
  /** Share of the input read so far; undefined for standard input. */
  fraction: number | undefined;
}

/** `path` undefined = standard input. Empty lines are kept, so that output rows match input lines. */
export async function* lineBatches(path: string | undefined, signal: AbortSignal): AsyncGenerator<LineBatch> {
  try {
    const size = path === undefined ? 0 : (await stat(path)).size;
    const file = path === undefined ? undefined : createReadStream(path);
    const input = createInterface({ input: file ?? process.stdin, crlfDelay: Number.POSITIVE_INFINITY, signal });
    const fraction = () => (file ? Math.min(1, file.bytesRead / Math.max(1, size)) : undefined);
    let lines: string[] = [];
    for await (const line of input) {
      lines.push(line);
      if (lines.length < kLinesPerBatch) continue;
      yield { lines, fraction: fraction() };
      lines = [];
    }
    throwIfAborted(signal); // the signal ends the lines
    if (lines.length > 0) yield { lines, fraction: fraction() };
  } catch (cause) {
    if (cause instanceof KinvecError) throw cause;
    throw new KinvecError("FETCH_FAILED", `${path ?? "standard input"} could not be read: ${messageOf(cause)}`, {
      cause,
    });
  } finally {
    // An open standard input would keep the program alive.
    if (path === undefined) process.stdin.destroy();
  }
}
