// The worker behind the page: it embeds, searches and recommends, so that the page stays free. It answers questions as soon as it
// can: the feed needs the index, search by meaning needs the model.
/// <reference lib="webworker" />
import { watchTraffic } from "../privacy/traffic.ts";
import { Engine } from "./engine.ts";
import type { FromWorker, Kind, Question, ToWorker } from "./protocol.ts";

declare const self: DedicatedWorkerGlobalScope;

const tell = (message: FromWorker) => self.postMessage(message);
const reason = (error: unknown) => (error instanceof Error ? error.message : String(error));

watchTraffic(self as never, (traffic) => tell({ type: "traffic", traffic }));

let opening: Promise<Engine> | undefined;

async function start({ programs, dimensions, modelUrl }: Extract<ToWorker, { type: "start" }>): Promise<void> {
  opening = Engine.open(programs, dimensions);
  try {
    tell({ type: "ready", starters: (await opening).starters() });
  } catch (error) {
    tell({ type: "failed", message: reason(error) });
    return;
  }
  await startModel(modelUrl);
}

async function startModel(modelUrl: string): Promise<void> {
  try {
    const model = await (await opening)?.loadModel(modelUrl, ({ loaded, total, fraction }) =>
      tell({ type: "modelProgress", loaded, fraction, ...(total === undefined ? {} : { total }) }),
    );
    if (model) tell({ type: "modelReady", model });
  } catch (error) {
    tell({ type: "modelFailed", message: reason(error) });
  }
}

async function answer<K extends Kind>(id: number, kind: K, question: Question<K>): Promise<void> {
  try {
    const engine = await opening; // what is asked meanwhile is answered once it can be
    if (!engine) throw new Error("nothing was started");
    tell({ type: "answer", id, answer: await engine.answer(kind, question) });
  } catch (error) {
    tell({ type: "noAnswer", id, message: reason(error) });
  }
}

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  if (data.type === "start") void start(data);
  else if (data.type === "startModel") void startModel(data.modelUrl);
  else void answer(data.id, data.kind, data.question);
};
