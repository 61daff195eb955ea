// From whatever was given to load() to a byte source or an opened folder.
import { typeName } from "../arguments.ts";
import { KinvecError } from "../errors.ts";
import { isFolderContents, type OpenFolder, type Platform } from "../platform/platform.ts";
import type { ModelSource } from "../types.ts";
import { type ByteSource, blobSource, bytesSource, streamSource } from "./byte_source.ts";
import { fetchSource, responseSource } from "./fetch_source.ts";
import { openFolder } from "./folder.ts";

/** Opens `source`; the answer is a folder if it is a Map. */
export async function resolveSource(
  platform: Platform,
  source: ModelSource,
  baseUrl?: string | URL,
): Promise<ByteSource | OpenFolder> {
  if (typeof source === "string" || source instanceof URL)
    return platform.openUrl(platform.resolveUrl(source, baseUrl));
  if (typeof Request !== "undefined" && source instanceof Request) return fetchSource(source);
  if (typeof Response !== "undefined" && source instanceof Response) return responseSource(source);
  if (source instanceof ReadableStream) return streamSource(source);
  if (source instanceof ArrayBuffer) return bytesSource(new Uint8Array(source));
  if (ArrayBuffer.isView(source)) {
    return bytesSource(new Uint8Array(source.buffer, source.byteOffset, source.byteLength));
  }
  if (source instanceof Blob) return blobSource(source);
  if (isFolderContents(source)) return openFolder(source);
  throw new KinvecError(
    "INVALID_ARGUMENT",
    `source must be a URL, response, stream, bytes or folder, not ${typeName(source)}`,
  );
}

export function isFolder(opened: ByteSource | OpenFolder): opened is OpenFolder {
  return opened instanceof Map;
}
