// From a binary's name to a compiled module. Modules are compiled once per URL and realm; loads that start together
// share the compilation.

import { typeName } from "../arguments.ts";
import { KinvecError } from "../errors.ts";
import type { Platform } from "../platform/platform.ts";
import { isA } from "../realms.ts";
import { messageOf } from "../source/byte_source.ts";
import type { WasmOptions, WasmSource } from "../types.ts";
import { keepingAwake } from "./awake.ts";

const compiled = new Map<string, Promise<WebAssembly.Module>>();

/** The compiled binary, from the package's `url` or from the caller's own source if any were given. */
export async function compileBinary(
  platform: Platform,
  binary: keyof WasmOptions,
  url: () => URL,
  own: WasmOptions | undefined,
): Promise<WebAssembly.Module> {
  const source = own ? own[binary] : url();
  if (source === undefined)
    throw new KinvecError("INVALID_ARGUMENT", `options.wasm.${binary} is needed here but missing`);
  try {
    return await keepingAwake(compileSource(platform, source));
  } catch (cause) {
    if (cause instanceof KinvecError) throw cause;
    throw new KinvecError("FETCH_FAILED", `the ${binary} binary could not be loaded: ${messageOf(cause)}`, { cause });
  }
}

function compileSource(platform: Platform, source: WasmSource): Promise<WebAssembly.Module> {
  if (isA(source, "WebAssembly.Module")) return Promise.resolve(source);
  if (isA(source, "URL") || typeof source === "string") return compileUrl(platform, source);
  if (isA(source, "Response")) return compileResponse(source);
  if (isA(source, "ArrayBuffer", "Uint8Array")) {
    return WebAssembly.compile(source as BufferSource);
  }
  throw new KinvecError(
    "INVALID_ARGUMENT",
    `options.wasm must hold URLs, responses, bytes or modules, not ${typeName(source)}`,
  );
}

function compileUrl(platform: Platform, location: string | URL): Promise<WebAssembly.Module> {
  const url = platform.resolveUrl(location);
  let module = compiled.get(url.href);
  if (!module) {
    module = platform.compile(url);
    compiled.set(url.href, module);
    // A failure is not kept: the next load tries again.
    module.catch(() => compiled.delete(url.href));
  }
  return module;
}

/** Compiles while downloading where the server names the media type that this requires, else after. */
export async function compileResponse(response: Response): Promise<WebAssembly.Module> {
  const name = response.url || "the given Response";
  if (!response.ok) throw new KinvecError("FETCH_FAILED", `${name} answered with status ${response.status}`);
  const type = response.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type === "application/wasm" && typeof WebAssembly.compileStreaming === "function") {
    return WebAssembly.compileStreaming(response);
  }
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (bytes[0] !== 0x00 || bytes[1] !== 0x61 || bytes[2] !== 0x73 || bytes[3] !== 0x6d) {
    const got = bytes[0] === 0x3c ? ", got HTML; is the address right?" : "";
    throw new KinvecError("FETCH_FAILED", `${name}: expected a WebAssembly binary${got}`);
  }
  return WebAssembly.compile(bytes);
}
