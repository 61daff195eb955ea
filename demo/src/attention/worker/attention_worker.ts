// The attention worker: holds the model, so that the page stays free while it loads and reads.
/// <reference lib="webworker" />
import { loadModel } from "../../search/load_model.ts";
import { FURTHER_SENTENCES } from "./further_sentences.ts";
import type { FromWorker, ToWorker } from "./protocol.ts";
import { Reader } from "./reader.ts";

declare const self: DedicatedWorkerGlobalScope;

const tell = (message: FromWorker, transfer: Transferable[] = []) => self.postMessage(message, transfer);
let reader: Reader | undefined;

async function start(modelUrl: string): Promise<void> {
  const model = await loadModel(modelUrl, ({ fraction }) => tell({ type: "progress", fraction }));
  reader = new Reader(model);
  await reader.readFurther(FURTHER_SENTENCES);
  tell({ type: "loaded" });
}

async function read(text: string): Promise<void> {
  if (!reader) return;
  const started = performance.now();
  const reading = await reader.read(text);
  const { weights, rollout, wholeRollout } = reading;
  tell({ type: "read", reading, milliseconds: performance.now() - started }, [
    weights.buffer,
    rollout.buffer,
    wholeRollout.buffer,
  ]);
}

async function receive(message: ToWorker): Promise<void> {
  if (message.type === "start") await start(message.modelUrl);
  else if (message.type === "read") await read(message.text);
  else if (reader) {
    const { token } = message;
    tell({ type: "neighbours", token, neighbours: reader.neighbours(token) });
  }
}

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  receive(data).catch((error: unknown) => {
    tell({ type: "failed", task: data.type, message: error instanceof Error ? error.message : String(error) });
  });
};
