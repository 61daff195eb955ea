// Node.js: the binaries lie beside the built script, models may be paths and folders on disk.

import { type FileHandle, open, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { KinvecError } from "../errors.ts";
import { compileResponse } from "../native/compile.ts";
import { isA } from "../realms.ts";
import { type ByteSource, fetchSource, messageOf } from "../source/byte_source.ts";
import type { RandomAccess } from "../source/random_access.ts";
import type { OpenFolder, Platform } from "./platform.ts";

const kReadBytes = 1 << 20;

/** The first release whose relaxed dot is right in both compiler tiers; older ones double some sums until warm. */
const kFirstTrustedNode = 22;

export const nodePlatform: Platform = {
  trustsRelaxed: Number.parseInt(process.versions.node, 10) >= kFirstTrustedNode,

  // Relative to the built script.
  binaryUrl: (binary) =>
    binary === "relaxed"
      ? new URL("./kinvec-relaxed.wasm", import.meta.url)
      : new URL("./kinvec-simd128.wasm", import.meta.url),

  resolveUrl(location, baseUrl) {
    if (isA(location, "URL")) return location;
    // A single letter before the colon is a Windows drive.
    if (/^[a-z][a-z0-9+.-]+:/i.test(location)) return new URL(location);
    return baseUrl === undefined ? pathToFileURL(location) : new URL(location, baseUrl);
  },

  async compile(url) {
    if (url.protocol === "file:") return WebAssembly.compile(await readFile(url));
    return compileResponse(await fetch(url));
  },

  async openUrl(url) {
    if (url.protocol !== "file:") return fetchSource(url);
    const path = fileURLToPath(url);
    const status = await stat(path).catch((cause) => {
      throw new KinvecError("FETCH_FAILED", `${path} could not be read: ${messageOf(cause)}`, { cause });
    });
    return status.isDirectory() ? openFolderAt(path) : fileSource(path, status.size);
  },

  yieldToEventLoop: () => setImmediate(),
};

function fileSource(path: string, size: number): ByteSource {
  return {
    name: path,
    reopenable: true,
    open: async () => ({ chunks: chunksOfFile(path), length: size, exact: true }),
  };
}

/** All chunks come in one buffer, so that none is left behind for the collector. */
async function* chunksOfFile(path: string): AsyncGenerator<Uint8Array> {
  let file: FileHandle | undefined;
  try {
    file = await open(path);
    const buffer = new Uint8Array(kReadBytes);
    for (;;) {
      const { bytesRead } = await file.read(buffer);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } catch (cause) {
    throw new KinvecError("FETCH_FAILED", `reading ${path} failed: ${messageOf(cause)}`, { cause });
  } finally {
    await file?.close();
  }
}

/** The files of a folder and of the folders directly in it; none is opened before it is read. */
async function openFolderAt(path: string): Promise<OpenFolder> {
  const files = new Map<string, RandomAccess>();
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const names = entry.isDirectory()
      ? (await readdir(join(path, entry.name))).map((name) => `${entry.name}/${name}`)
      : [entry.name];
    for (const name of names) {
      const status = await stat(join(path, name));
      if (status.isFile()) files.set(name, fileAccess(join(path, name), status.size));
    }
  }
  return files;
}

export function fileAccess(path: string, size: number): RandomAccess {
  return {
    name: path,
    size,
    async read(offset, length) {
      const file = await open(path);
      try {
        const bytes = new Uint8Array(length);
        for (let done = 0; done < length; ) {
          const { bytesRead } = await file.read(bytes, done, length - done, offset + done);
          if (bytesRead === 0) throw new KinvecError("MODEL_FORMAT", `${path} ends early`, { at: offset + done });
          done += bytesRead;
        }
        return bytes;
      } finally {
        await file.close();
      }
    },
  };
}
