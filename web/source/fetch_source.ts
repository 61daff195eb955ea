// Model files that come by HTTP: exactly the address given is requested, and asked for again from where it stopped if
// the connection breaks.
import { throwIfAborted } from "../abort.ts";
import type { Validators } from "../cache/model_store.ts";
import { KinvecError } from "../errors.ts";
import { isA } from "../realms.ts";
import { type ByteSource, chunksOf, messageOf, type OpenBody } from "./byte_source.ts";
import { announcedLength, resuming } from "./resume.ts";

/** A response that has arrived; it can be read once. */
export function responseSource(response: Response): ByteSource {
  const name = response.url || "the given Response";
  return { name, reopenable: false, open: async (signal) => openResponse(response, name, signal) };
}

/** A URL or Request. */
export function fetchSource(request: URL | Request): ByteSource {
  const name = isA(request, "URL") ? request.href : request.url;
  const isPlain = isA(request, "URL") || request.method === "GET";
  return {
    name,
    // A request with a body can be sent once.
    reopenable: isA(request, "URL") || request.body == null,
    ...(isPlain && { url: name }),
    async open(signal) {
      const response = await send(request, name, {}, signal);
      const body = await openResponse(response, name, signal);
      if (!isPlain) return body;
      const again = (headers: Record<string, string>) => send(request, name, headers, signal);
      return { ...body, chunks: resuming(body.chunks, response, again, name, signal) };
    },
  };
}

async function send(
  request: URL | Request,
  name: string,
  headers: Record<string, string>,
  signal: AbortSignal | undefined,
): Promise<Response> {
  throwIfAborted(signal);
  try {
    const own = isA(request, "URL") ? undefined : request.clone();
    const all = new Headers(own?.headers);
    for (const [key, value] of Object.entries(headers)) all.set(key, value);
    return await fetch(own ?? (request as URL), { headers: all, ...(signal && { signal }) });
  } catch (cause) {
    throwIfAborted(signal);
    throw new KinvecError("FETCH_FAILED", `${name} could not be fetched: ${messageOf(cause)}`, { cause });
  }
}

async function openResponse(response: Response, name: string, signal?: AbortSignal): Promise<OpenBody> {
  const { status, statusText, headers, body } = response;
  if (!response.ok || status === 206) {
    void body?.cancel().catch(() => {});
    const why = status === 206 ? "206: a part of the file, which was not asked for" : `${status} ${statusText}`.trim();
    throw new KinvecError("FETCH_FAILED", `${name} answered with status ${why}`);
  }
  if (response.bodyUsed) throw new KinvecError("INVALID_ARGUMENT", "the body of the given Response was already read");
  if (!body) throw new KinvecError("FETCH_FAILED", `${name} has no body`);
  return {
    chunks: chunksOf(body, signal, name),
    length: announcedLength(headers),
    exact: false,
    validators: validatorsOf(headers),
    cancel: () => void body.cancel().catch(() => {}),
  };
}

export function validatorsOf(headers: Headers): Validators {
  return { etag: headers.get("etag") ?? undefined, lastModified: headers.get("last-modified") ?? undefined };
}
