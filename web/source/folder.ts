// A checkpoint folder given as contents: an object of files by path, or the files of a folder input.

import { KinvecError } from "../errors.ts";
import type { OpenFolder } from "../platform/platform.ts";
import { isA } from "../realms.ts";
import type { HuggingFaceFolder } from "../types.ts";
import { blobAccess, bytesAccess, type RandomAccess } from "./random_access.ts";

/** Opens every file of the folder; paths are relative to it, with forward slashes. */
export function openFolder(folder: HuggingFaceFolder): OpenFolder {
  const files = new Map<string, RandomAccess>();
  if (Array.isArray(folder)) {
    for (const [index, file] of folder.entries()) {
      if (!isA(file, "File")) {
        throw new KinvecError("INVALID_ARGUMENT", `item ${index} of the folder must be a File`, { at: index });
      }
      const path = relativePath(file);
      files.set(path, blobAccess(path, file));
    }
  } else {
    for (const [path, contents] of Object.entries(folder)) files.set(path, openContents(path, contents));
  }
  return files;
}

/** A folder input gives "folder/1_Pooling/config.json" in webkitRelativePath, other inputs only the name. */
function relativePath(file: File): string {
  const path = file.webkitRelativePath;
  return path ? path.slice(path.indexOf("/") + 1) : file.name;
}

function openContents(path: string, contents: unknown): RandomAccess {
  if (typeof contents === "string") return bytesAccess(path, new TextEncoder().encode(contents));
  if (isA(contents, "Blob", "File")) return blobAccess(path, contents);
  if (isA(contents, "ArrayBuffer")) return bytesAccess(path, new Uint8Array(contents));
  if (isA(contents, "Uint8Array")) return bytesAccess(path, contents);
  throw new KinvecError("INVALID_ARGUMENT", `file "${path}" of the folder must be a Blob, bytes or text`);
}
