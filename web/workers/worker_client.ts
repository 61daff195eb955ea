// One worker as its pool sees it: a call goes out, its answer comes back. One call at a time.
import { KinvecError } from "../errors.ts";
import { messageOf } from "../source/byte_source.ts";
import type { WorkerHandle, WorkerHost } from "./host.ts";
import { type AnswerOf, type FromWorker, fromPlain, isFromWorker, type WorkerCalls } from "./protocol.ts";

// Bytes of chunks sent ahead of what the worker has moved into place: enough to keep it busy, far from a second file.
const kMostAhead = 4 << 20;

/** `Calls`: what the worker can be asked to do. */
export class WorkerClient<Calls = WorkerCalls> {
  readonly #handle: WorkerHandle;
  #call: { resolve(answer: unknown): void; reject(error: KinvecError): void } | undefined;
  #ended: KinvecError | undefined;
  #heardOf = false;
  #memoryBytes = 0;
  #ahead = 0;
  #onTaken: (() => void) | undefined;

  /** `url`: of a script in place of the package's own. Throws FETCH_FAILED. */
  constructor(host: WorkerHost, url: URL | undefined) {
    try {
      this.#handle = host.start(url, {
        message: (message) => this.#receive(message),
        failure: (cause) => this.end(this.#heardOf ? stopped(cause) : notStarted(cause)),
      });
    } catch (cause) {
      throw notStarted(cause);
    }
  }

  /** Whether the worker has ended. */
  get ended(): boolean {
    return this.#ended !== undefined;
  }

  /** Bytes of its WebAssembly memory after its last call. */
  get memoryBytes(): number {
    return this.#memoryBytes;
  }

  async call<M extends keyof Calls & string>(
    method: M,
    args: readonly unknown[],
    signal?: AbortSignal,
    transfer?: ArrayBuffer[],
  ): Promise<AnswerOf<Calls, M>> {
    if (this.#ended) throw this.#ended;
    const answer = new Promise<unknown>((resolve, reject) => {
      this.#call = { resolve, reject };
    });
    this.#handle.hold(true);
    this.#handle.post({ type: "call", method, args }, transfer);
    const abort = () => this.#handle.post({ type: "abort" });
    signal?.addEventListener("abort", abort);
    try {
      return (await answer) as AnswerOf<Calls, M>;
    } finally {
      signal?.removeEventListener("abort", abort);
    }
  }

  /** While `load` runs: sends a copy of the file's next chunk. Resolves once the worker is not far behind. */
  async write(chunk: Uint8Array): Promise<void> {
    const { buffer } = new Uint8Array(chunk); // not slice(), which in a Buffer of Node.js copies nothing
    this.#ahead += buffer.byteLength;
    this.#handle.post({ type: "chunk", buffer }, [buffer]);
    while (this.#call && this.#ahead > kMostAhead) {
      await new Promise<void>((resolve) => {
        this.#onTaken = resolve;
      });
    }
  }

  /** While `load` runs: the file has been sent. */
  endOfFile(): void {
    this.#handle.post({ type: "chunk" });
  }

  /** Ends the worker. The call that is running and later ones reject with `error`. */
  end(error: KinvecError): void {
    if (this.#ended) return;
    this.#ended = error;
    this.#memoryBytes = 0;
    this.#handle?.end();
    this.#settle()?.reject(error);
  }

  #receive(message: FromWorker): void {
    if (this.#ended) return;
    if (!isFromWorker(message)) {
      this.end(notStarted("its script is not this package's"));
      return;
    }
    this.#heardOf = true;
    if (message.type === "taken") {
      this.#ahead -= message.bytes;
      this.#onTaken?.();
      return;
    }
    this.#memoryBytes = message.memoryBytes;
    if (message.type === "answer") {
      this.#settle()?.resolve(message.answer);
      return;
    }
    const error = fromPlain(message.error);
    // An engine that has trapped answers no more calls.
    if (error.code === "ENGINE_LOST") this.end(error);
    else this.#settle()?.reject(error);
  }

  /** The call that is running, which is over. */
  #settle() {
    const call = this.#call;
    this.#call = undefined;
    this.#ahead = 0;
    this.#onTaken?.();
    this.#handle?.hold(false);
    return call;
  }
}

function notStarted(cause: unknown): KinvecError {
  return new KinvecError(
    "FETCH_FAILED",
    `a worker could not be started: ${messageOf(cause)}; see the option workerUrl`,
    {
      cause,
    },
  );
}

function stopped(cause: unknown): KinvecError {
  return new KinvecError("ENGINE_LOST", `a worker stopped: ${cause}; load or train again`, { cause });
}
