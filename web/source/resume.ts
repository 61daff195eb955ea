// A download that breaks goes on from where it stopped, by a range request (RFC 9110, section 14), if the server still has
// the same file.
import { abortable } from "../abort.ts";
import { KinvecError } from "../errors.ts";
import { chunksOf } from "./byte_source.ts";

/** Breaks in a row without a byte between them. */
const kMostBreaks = 4;
const kFirstPause = 250; // ms; each is twice as long as the one before

/** What lies behind the end of a file. */
const kNothing: AsyncIterable<Uint8Array> = {
  [Symbol.asyncIterator]: () => ({ next: async () => ({ done: true, value: undefined }) }),
};

/** Content-Length counts the bytes on the wire, so it says nothing about a body that was decoded on the way. */
export function announcedLength(headers: Headers): number | undefined {
  if (isEncoded(headers)) return undefined;
  const length = Number(headers.get("content-length") ?? Number.NaN);
  return Number.isSafeInteger(length) && length > 0 ? length : undefined;
}

function isEncoded(headers: Headers): boolean {
  const encoding = headers.get("content-encoding");
  return encoding !== null && encoding !== "" && encoding !== "identity";
}

/** The chunks of the body of `response`, and of the answers to `again` after it breaks. */
export async function* resuming(
  first: AsyncIterable<Uint8Array>,
  response: Response,
  again: (headers: Record<string, string>) => Promise<Response>,
  name: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const length = announcedLength(response.headers);
  const version = versionOf(response.headers);
  let received = 0;
  let breaks = 0;
  for (let chunks: AsyncIterable<Uint8Array> | undefined = first; chunks; ) {
    let failure: unknown;
    try {
      for await (const chunk of chunks) {
        received += chunk.byteLength;
        breaks = 0;
        yield chunk;
      }
      if (length === undefined || received >= length) return;
    } catch (error) {
      if (!(error instanceof KinvecError) || error.code !== "FETCH_FAILED") throw error;
      failure = error;
    }
    chunks = undefined;
    const resumable = version !== undefined && !isEncoded(response.headers);
    for (; resumable && !chunks && breaks < kMostBreaks; breaks++) {
      await pause(breaks && kFirstPause * 2 ** (breaks - 1), signal);
      chunks = await rest(again, received, length, version, name, signal).catch((error) => {
        if (error instanceof KinvecError && error.code === "ABORTED") throw error;
        failure = error;
        return undefined;
      });
    }
    if (chunks === kNothing) return; // the announced length was wrong
    if (!chunks && failure) throw failure;
  }
}

/** What says that a file is the same one: a strong validator. */
function versionOf(headers: Headers): string | undefined {
  const etag = headers.get("etag");
  return (etag?.startsWith("W/") ? undefined : etag) ?? headers.get("last-modified") ?? undefined;
}

/** The chunks from `start` on; rejects with FETCH_FAILED where the server has another file or gives another part. */
async function rest(
  again: (headers: Record<string, string>) => Promise<Response>,
  start: number,
  length: number | undefined,
  version: string | undefined,
  name: string,
  signal: AbortSignal | undefined,
): Promise<AsyncIterable<Uint8Array>> {
  const response = await again({ range: `bytes=${start}-` });
  const { status, headers, body } = response;
  if (status === 416) return kNothing;
  const range = /^bytes (\d+)-/.exec(headers.get("content-range") ?? `bytes ${start}-`);
  const left = announcedLength(headers);
  const fits = Number(range?.[1]) === start && (length === undefined || left === undefined || left === length - start);
  if (status === 206 && body && fits && versionOf(headers) === version) return chunksOf(body, signal, name);
  void body?.cancel().catch(() => {});
  throw new KinvecError("FETCH_FAILED", `${name} broke off after ${start} bytes and could not be continued`);
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return abortable(new Promise((resolve) => setTimeout(resolve, ms)), signal);
}
