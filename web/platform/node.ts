// Node.js: the binaries lie beside the built script, models may be paths and folders on disk.
import { readFile, stat } from "node:fs/promises";
import { setImmediate } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { invalid } from "../arguments.ts";
import { FolderStore } from "../cache/folder_store.ts";
import { ResponseStore } from "../cache/response_store.ts";
import { KinvecError } from "../errors.ts";
import { compileResponse } from "../native/compile.ts";
import { isA } from "../realms.ts";
import { messageOf } from "../source/byte_source.ts";
import { fetchSource } from "../source/fetch_source.ts";
import { fileSource, openFolderAt } from "./node_files.ts";
import type { Platform } from "./platform.ts";

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

  async openStore(place) {
    if (typeof place === "string") throw invalid(`options.cache: "${place}" is for pages; give { folder } in Node.js`);
    if (!("folder" in place)) return new ResponseStore(place);
    return new FolderStore(isA(place.folder, "URL") ? fileURLToPath(place.folder) : place.folder);
  },

  yieldToEventLoop: () => setImmediate(),
};
