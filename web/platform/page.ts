// What a page, a worker and a service worker have, wherever the binaries come from: everything comes by fetch, from
// exactly the address given.
import { invalid } from "../arguments.ts";
import { OpfsStore } from "../cache/opfs_store.ts";
import { ResponseStore } from "../cache/response_store.ts";
import { KinvecError } from "../errors.ts";
import { compileResponse } from "../native/compile.ts";
import { messageOf } from "../source/byte_source.ts";
import { fetchSource } from "../source/fetch_source.ts";
import type { Platform } from "./platform.ts";

export const pagePlatform: Omit<Platform, "binaryUrl"> = {
  trustsRelaxed: true,

  resolveUrl(location, baseUrl) {
    const base = baseUrl ?? globalThis.document?.baseURI ?? globalThis.location?.href;
    try {
      return new URL(location, base);
    } catch (cause) {
      throw new KinvecError("INVALID_ARGUMENT", `"${location}" is not a valid URL`, { cause });
    }
  },

  async compile(url) {
    let response: Response;
    try {
      response = await fetch(url);
    } catch (cause) {
      throw new KinvecError("FETCH_FAILED", `${url.href} could not be fetched: ${messageOf(cause)}`, { cause });
    }
    return compileResponse(response);
  },

  async openStore(place) {
    if (place === "browser") return new ResponseStore(await caches.open("kinvec"));
    if (place === "opfs") return OpfsStore.open();
    if ("folder" in place) throw invalid("options.cache: a folder is for Node.js");
    return new ResponseStore(place);
  },

  openUrl: async (url) => fetchSource(url),
  yieldToEventLoop,
};

// A message is the quickest task a page can queue for itself; timers are held back by four milliseconds.
export function yieldToEventLoop(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
