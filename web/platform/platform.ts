// The seam between the package and where it runs. Everything that differs between a page and Node.js is behind it.

import type { ModelStore } from "../cache/model_store.ts";
import { isPlainObject } from "../realms.ts";
import type { ByteSource } from "../source/byte_source.ts";
import type { RandomAccess } from "../source/random_access.ts";
import type { BinaryName, CachePlace, HuggingFaceFolder } from "../types.ts";

/** A checkpoint folder, opened: its files by relative path, each read in pieces. */
export type OpenFolder = ReadonlyMap<string, RandomAccess>;

export interface Platform {
  /** Whether the relaxed dot may be tried: some engines validate it but are known to compute wrongly at first. */
  readonly trustsRelaxed: boolean;
  /** Where the package's own binary lies. */
  binaryUrl(binary: BinaryName): URL;
  /** The full URL of a location; relative ones are taken from `baseUrl`, by default the page or working directory. */
  resolveUrl(location: string | URL, baseUrl?: string | URL): URL;
  /** Fetches and compiles a binary from its URL. */
  compile(url: URL): Promise<WebAssembly.Module>;
  /** Opens what a URL names. */
  openUrl(url: URL): Promise<ByteSource | OpenFolder>;
  /** Opens the place where model files are kept. Rejects where there is none. */
  openStore(place: CachePlace): Promise<ModelStore>;
  /** Lets other work of the event loop run: input, painting, timers, abort signals. */
  yieldToEventLoop(): Promise<void>;
}

/** True for a folder given as contents rather than by location. */
export function isFolderContents(source: unknown): source is HuggingFaceFolder {
  return Array.isArray(source) || isPlainObject(source);
}
