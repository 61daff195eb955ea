// The training worker: separate from the encoding worker, so that typing is answered while it learns.
/// <reference lib="webworker" />
import { trainTokenizer } from "kinvec/tokenizers";
import type { FromTokenizerTrainer, ToTokenizerTrainer, TrainTask } from "./task.ts";
import { counted, textsOf } from "./texts.ts";
import type { TokenizerJson } from "./tokenizer_json.ts";

declare const self: DedicatedWorkerGlobalScope;

const tell = (message: FromTokenizerTrainer) => self.postMessage(message);
let running: AbortController | undefined;

/** GPT-2's stage, except that offsets keep the space that a token begins with: the page shows where it went. */
const KEEP_SPACES = { type: "ByteLevel", add_prefix_space: false, trim_offsets: false, use_regex: true };

async function train({ source, settings }: TrainTask, signal: AbortSignal): Promise<void> {
  const started = performance.now();
  let characters = 0;
  const texts = counted(textsOf(source), (length) => {
    characters += length;
  });
  const tokenizer = await trainTokenizer(texts, {
    ...settings,
    ...(settings.model === "bpe" && { postProcessor: KEEP_SPACES }),
    signal,
    onProgress: ({ fraction }) => tell({ type: "look", look: { fraction } }),
  });
  const json = tokenizer.toJSON() as unknown as TokenizerJson;
  tokenizer.dispose();
  const milliseconds = performance.now() - started;
  tell({ type: "trained", trained: { tokenizer: json, settings, characters, milliseconds } });
}

async function start(task: TrainTask): Promise<void> {
  const controller = new AbortController();
  running = controller;
  try {
    await train(task, controller.signal);
  } catch (error) {
    if (controller.signal.aborted) tell({ type: "stopped" });
    else tell({ type: "failed", message: error instanceof Error ? error.message : String(error) });
  }
}

self.onmessage = ({ data }: MessageEvent<ToTokenizerTrainer>) => {
  if (data.type === "stop") running?.abort();
  else if (data.type === "train") void start(data.task);
};
