// A source that is kept between loads. What comes from the server is written to a store on its way to the engine, and
// stays there if the engine accepts it; what comes from the store and is refused is removed and fetched once more. A
// store that fails never fails the load.
import { KinvecError } from "../errors.ts";
import type { ByteSource, OpenBody } from "../source/byte_source.ts";
import type { ModelInfo } from "../types.ts";
import type { ModelStore, StoredFile, StoreWriter } from "./model_store.ts";

/** Codes of a file that is not what the server has. */
const kDamage: readonly string[] = ["MODEL_FORMAT", "MODEL_HASH", "MODEL_VERSION", "FETCH_FAILED"];

export class CachedSource implements ByteSource {
  readonly name: string;
  readonly reopenable: boolean;
  readonly #source: ByteSource;
  readonly #url: string;
  readonly #revalidate: boolean;
  #store: ModelStore | undefined;
  #writer: StoreWriter | undefined;
  #outcome: ModelInfo["cache"] = "failed";

  /** `store` undefined: there is none, and all is fetched. */
  constructor(source: ByteSource, url: string, store: ModelStore | undefined, revalidate: boolean) {
    this.name = source.name;
    this.reopenable = source.reopenable;
    this.#source = source;
    this.#url = url;
    this.#store = store;
    this.#revalidate = revalidate;
  }

  get outcome(): ModelInfo["cache"] {
    return this.#outcome;
  }

  async open(signal?: AbortSignal): Promise<OpenBody> {
    const stored = await this.#attempt((store) => store.read(this.#url));
    if (stored && !(this.#revalidate && (await this.#hasChanged(stored, signal)))) {
      this.#outcome = "hit";
      return { ...stored, exact: false };
    }
    const body = await this.#source.open(signal);
    return { ...body, chunks: this.#written(body) };
  }

  async settle(error?: unknown): Promise<boolean> {
    const writer = this.#writer;
    this.#writer = undefined;
    const code = error instanceof KinvecError ? error.code : "ENGINE_LOST";
    // A file that proved whole is kept, though this binary may not be exact here.
    if (error === undefined || code === "PROBE_FAILED") {
      await this.#attempt(async () => writer?.keep());
      if (writer && this.#store) this.#outcome = "stored";
      return false;
    }
    await this.#attempt(async () => writer?.discard());
    if (this.#outcome !== "hit" || !kDamage.includes(code)) return false;
    await this.#attempt((store) => store.remove(this.#url));
    // Where it cannot be removed it is passed by.
    if (await this.#attempt((store) => store.read(this.#url))) this.#store = undefined;
    this.#outcome = "failed";
    return true;
  }

  async *#written({ chunks, validators = {}, length }: OpenBody): AsyncGenerator<Uint8Array> {
    this.#writer = await this.#attempt((store) => store.write(this.#url, validators, length));
    for await (const chunk of chunks) {
      await this.#attempt(async () => this.#writer?.write(chunk));
      yield chunk;
    }
  }

  /** Asks the store; one that throws is not asked again. */
  async #attempt<T>(ask: (store: ModelStore) => Promise<T>): Promise<T | undefined> {
    if (!this.#store) return undefined;
    try {
      return await ask(this.#store);
    } catch {
      this.#store = undefined;
      const writer = this.#writer;
      this.#writer = undefined;
      await writer?.discard().catch(() => {});
      return undefined;
    }
  }

  /** Where the server cannot be asked or does not tell, what is stored is good. */
  async #hasChanged({ validators }: StoredFile, signal?: AbortSignal): Promise<boolean> {
    try {
      const { ok, headers } = await fetch(this.#url, { method: "HEAD", cache: "no-cache", ...(signal && { signal }) });
      const [etag, lastModified] = [headers.get("etag"), headers.get("last-modified")];
      if (!ok) return false;
      return etag ? etag !== validators.etag : lastModified !== null && lastModified !== validators.lastModified;
    } catch {
      return false;
    }
  }
}
