// Model files in a Cache, the browser's or anything of its shape. The body that is put stays open until the file is
// accepted; one that breaks off is not stored (Service Workers specification, Cache.put).
import { chunksOf } from "../source/byte_source.ts";
import type { CacheLike } from "../types.ts";
import type { ModelStore, StoreWriter, Validators } from "./model_store.ts";

export class ResponseStore implements ModelStore {
  readonly #cache: CacheLike;

  constructor(cache: CacheLike) {
    this.#cache = cache;
  }

  async read(url: string) {
    const response = await this.#cache.match(url);
    if (!response?.body) return undefined;
    const { headers, body } = response;
    const length = Number(headers.get("content-length") ?? Number.NaN);
    return {
      chunks: chunksOf(body, undefined, "the cache"),
      length: length > 0 ? length : undefined,
      validators: { etag: headers.get("etag") ?? undefined, lastModified: headers.get("last-modified") ?? undefined },
    };
  }

  async write(url: string, { etag, lastModified }: Validators, length?: number): Promise<StoreWriter> {
    const headers = new Headers({ "content-type": "application/octet-stream" });
    if (etag) headers.set("etag", etag);
    if (lastModified) headers.set("last-modified", lastModified);
    if (length) headers.set("content-length", `${length}`);
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const stored = this.#cache.put(url, new Response(readable, { headers }));
    const writer = writable.getWriter();
    // A cache that refuses may leave the stream unread, so its answer ends the wait as well.
    const refused = stored.then(() => new Promise<never>(() => {}));
    for (const later of [stored, refused, writer.closed]) later.catch(() => {}); // awaited below
    return {
      write: (chunk) => Promise.race([writer.write(chunk.slice()), refused]),
      async keep() {
        await Promise.race([writer.close(), refused]);
        await stored;
      },
      async discard() {
        // Not awaited: where the cache reads no more, a write that waits for it never ends.
        void writer.abort().catch(() => {});
        await stored.catch(() => {});
      },
    };
  }

  async remove(url: string): Promise<void> {
    await this.#cache.delete?.(url);
  }
}
