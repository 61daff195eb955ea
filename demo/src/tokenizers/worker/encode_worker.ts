// The encoding worker: holds all tokenizers, so that the page stays free while they load and work.
/// <reference lib="webworker" />
import type { SchemeKey } from "../schemes.ts";
import type { TokenizerJson } from "../training/tokenizer_json.ts";
import { trimmed } from "../training/trim.ts";
import type { FromWorker, ToWorker } from "./protocol.ts";
import { Rows } from "./rows.ts";

declare const self: DedicatedWorkerGlobalScope;

const tell = (message: FromWorker) => self.postMessage(message);
const rows = new Rows();
let own: TokenizerJson | undefined;

async function fetchTokenizer(url: string): Promise<TokenizerJson> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${new URL(url).pathname} answered ${response.status}`);
  return response.json();
}

async function start(urls: Record<SchemeKey, string>): Promise<void> {
  const entries = Object.entries(urls) as [SchemeKey, string][];
  await Promise.all(entries.map(async ([key, url]) => rows.set(key, await fetchTokenizer(url))));
}

/** Loads tokenizers and tells of it. */
async function load(loading: Promise<void>): Promise<void> {
  await loading;
  tell({ type: "loaded", vocabSizes: rows.vocabSizes() });
}

function encode(text: string, specialTokens: boolean): void {
  const started = performance.now();
  const encoded = rows.encode(text, specialTokens);
  tell({ type: "encoded", rows: encoded, milliseconds: performance.now() - started });
}

async function receive(message: ToWorker): Promise<void> {
  if (message.type === "start") {
    await load(start(message.urls));
  } else if (message.type === "own") {
    own = message.tokenizer;
    await load(rows.set("own", own));
  } else if (message.type === "ownSize") {
    if (own) await load(rows.set("own", trimmed(own, message.size)));
  } else {
    encode(message.text, message.specialTokens);
  }
}

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  receive(data).catch((error: unknown) => {
    tell({ type: "failed", task: data.type, message: error instanceof Error ? error.message : String(error) });
  });
};
