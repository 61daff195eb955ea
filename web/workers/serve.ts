// The worker's side of a pool: an engine that is asked by messages.
import type { FixedInfo } from "../backend.ts";
import { EngineBackend } from "../engine_backend.ts";
import { KinvecError } from "../errors.ts";
import { fillEngine } from "../fill_engine.ts";
import { Instance } from "../native/instance.ts";
import type { Platform } from "../platform/platform.ts";
import type { WorkerPort } from "./host.ts";
import { type LoadOrder, type Method, toPlain } from "./protocol.ts";

/** Answers the messages that come in at `port`. */
export function serve(platform: Pick<Platform, "yieldToEventLoop">, port: WorkerPort): void {
  let backend: EngineBackend | undefined;
  let running = new AbortController();
  const chunks = new ChunkQueue((bytes) => port.post({ type: "taken", bytes }));

  async function load(order: LoadOrder): Promise<FixedInfo> {
    const { binary, module, name, length, exact, options } = order;
    const instance = await Instance.open(binary, module, options.dtype);
    const { engine, info } = await fillEngine(instance, name, { chunks: chunks.all(), length, exact }, options);
    backend = new EngineBackend(platform, engine, info);
    return info;
  }

  function run(method: Method, args: readonly unknown[]): Promise<unknown> {
    if (method === "load") return load(...(args as [LoadOrder]));
    if (!backend) throw new KinvecError("INVALID_ARGUMENT", "no model is loaded");
    running = new AbortController();
    // The client's call has the types.
    return backend[method](...(args as [never, never]), running.signal as never);
  }

  port.listen(async (message) => {
    if (message.type === "chunk") return chunks.push(message.buffer);
    if (message.type === "abort") return running.abort();
    try {
      const answer = await run(message.method as Method, message.args);
      port.post({ type: "answer", answer, memoryBytes: backend?.memoryBytes ?? 0 });
    } catch (error) {
      port.post({ type: "error", error: toPlain(error), memoryBytes: backend?.memoryBytes ?? 0 });
    }
  });
}

/** The chunks of a file as they come in. */
class ChunkQueue {
  readonly #chunks: (Uint8Array | undefined)[] = [];
  readonly #onTaken: (bytes: number) => void;
  #onPush = () => {};

  constructor(onTaken: (bytes: number) => void) {
    this.#onTaken = onTaken;
  }

  push(buffer: ArrayBuffer | undefined): void {
    this.#chunks.push(buffer && new Uint8Array(buffer));
    this.#onPush();
  }

  async *all(): AsyncGenerator<Uint8Array> {
    for (;;) {
      while (this.#chunks.length === 0) {
        await new Promise<void>((resolve) => {
          this.#onPush = resolve;
        });
      }
      const chunk = this.#chunks.shift();
      if (!chunk) return;
      yield chunk;
      this.#onTaken(chunk.byteLength);
    }
  }
}
