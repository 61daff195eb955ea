// The body of a request: JSON in UTF-8, of bounded length.
import type { IncomingMessage } from "node:http";
import { HttpError } from "./http_error.ts";

/** @throws HttpError 400, 413, 415. What is left of a refused body is read and dropped. */
export async function jsonBody(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  checkHeaders(request, maxBytes);
  const parts: Buffer[] = [];
  let length = 0;
  await new Promise<void>((resolve, reject) => {
    request.on("data", (part: Buffer) => {
      length += part.length;
      if (length <= maxBytes) parts.push(part);
      else reject(tooLarge(maxBytes)); // at once: the rest may take long to come
    });
    request.once("end", resolve);
    request.once("error", reject);
  });
  return parse(Buffer.concat(parts));
}

function checkHeaders({ headers }: IncomingMessage, maxBytes: number): void {
  const [type, ...parameters] = (headers["content-type"] ?? "").toLowerCase().split(";");
  const charset = parameters.map((text) => text.trim()).find((text) => text.startsWith("charset="));
  if (type?.trim() !== "application/json" || (charset && !/^charset="?utf-8"?$/.test(charset))) {
    throw new HttpError(415, "unsupported_media_type", "the body must be application/json in UTF-8");
  }
  const encoding = headers["content-encoding"] ?? "identity";
  if (encoding !== "identity") {
    throw new HttpError(415, "unsupported_media_type", "the body must not be compressed");
  }
  if (Number(headers["content-length"] ?? 0) > maxBytes) throw tooLarge(maxBytes);
}

function tooLarge(maxBytes: number): HttpError {
  return new HttpError(413, "body_too_large", `the body may have ${maxBytes} bytes`);
}

/** The parser's own message would quote the text. */
function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new HttpError(400, "invalid_json", "the body is not JSON in UTF-8");
  }
}
