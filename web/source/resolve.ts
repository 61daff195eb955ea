// From whatever was given to load() to a byte source or an opened folder.

import { typeName } from "../arguments.ts";
import { KinvecError } from "../errors.ts";
import { isFolderContents, type OpenFolder, type Platform } from "../platform/platform.ts";
import { isA, isDetached } from "../realms.ts";
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
  if (typeof source === "string" || isA(source, "URL")) return platform.openUrl(platform.resolveUrl(source, baseUrl));
  if (isA(source, "Request")) return fetchSource(source);
  if (isA(source, "Response")) return responseSource(source);
  if (isA(source, "ReadableStream")) return streamSource(source);
  if (isA(source, "ArrayBuffer")) return bytesSource(new Uint8Array(source));
  if (ArrayBuffer.isView(source) && !isDetached(source)) {
    return bytesSource(new Uint8Array(source.buffer, source.byteOffset, source.byteLength));
  }
  if (isA(source, "Blob", "File")) return blobSource(source);
  if (isFolderContents(source)) return openFolder(source);
  throw new KinvecError(
    "INVALID_ARGUMENT",
    `source must be a URL, response, stream, bytes or folder, not ${typeName(source)}`,
  );
}

export function isFolder(opened: ByteSource | OpenFolder): opened is OpenFolder {
  return opened instanceof Map;
}
