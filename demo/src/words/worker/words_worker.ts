// The worker that holds the rungs, so that the page stays free while they load and search.
/// <reference lib="webworker" />
import { principalPlane } from "../plane/pca.ts";
import { toSquare } from "../plane/square.ts";
import { LEAST_WORDS, umapOf } from "../plane/umap.ts";
import { analogyOf, nearestOf } from "../rungs/rung.ts";
import { sensesOf } from "../rungs/senses.ts";
import { Shelf } from "../rungs/shelf.ts";
import type { Answers, FromWorker, Kind, Layed, ToWorker } from "./protocol.ts";

declare const self: DedicatedWorkerGlobalScope;

const FRAME = 33; // ms between two pictures of a layout that moves

const tell = (message: FromWorker) => self.postMessage(message);
const breathe = () => new Promise((resolve) => setTimeout(resolve));
const dropped = new Set<number>();
let shelf: Shelf;

async function* layOut({ rung: key, words, layout }: Answers["layOut"]["question"]): AsyncGenerator<Layed> {
  const rung = await shelf.rung(key);
  const known = words.filter((word) => rung.has(word));
  const n = known.length;
  if (n === 0) {
    yield { words: [], places: new Float32Array() };
    return;
  }
  const cosines = rung.cosines(known);
  if (layout === "pca" || n < LEAST_WORDS) {
    const { places, share } = principalPlane(cosines, n);
    yield { words: known, places: toSquare(places), share };
    return;
  }
  let shown = 0;
  let places: Float64Array | undefined;
  for (places of umapOf(cosines, n)) {
    if (performance.now() - shown < FRAME) continue;
    shown = performance.now();
    yield { words: known, places: toSquare(places) };
    await breathe();
  }
  if (places) yield { words: known, places: toSquare(places) };
}

/** The answers to a question; most have one. */
async function* answers(message: Extract<ToWorker, { type: "ask" }>): AsyncGenerator<Answers[Kind]["answer"]> {
  if (message.kind === "nearest") {
    const { rung, text, count } = message.question;
    yield nearestOf(await shelf.rung(rung), await shelf.vectorOf(rung, text), count);
  } else if (message.kind === "analogy") {
    const { rung, words, count } = message.question;
    const [a, b, c] = words;
    const given = [
      await shelf.vectorOf(rung, a),
      await shelf.vectorOf(rung, b),
      await shelf.vectorOf(rung, c),
    ] as const;
    yield analogyOf(await shelf.rung(rung), given, count);
  } else if (message.kind === "senses") {
    const { word, sentences } = message.question;
    yield await sensesOf(await shelf.model("contextual"), word, sentences);
  } else {
    yield* layOut(message.question);
  }
}

async function answer(message: Extract<ToWorker, { type: "ask" }>): Promise<void> {
  const { id } = message;
  let waiting: Answers[Kind]["answer"] | undefined;
  for await (const next of answers(message)) {
    if (dropped.has(id)) break;
    if (waiting) tell({ type: "answer", id, answer: waiting, isLast: false });
    waiting = next;
  }
  if (waiting && !dropped.delete(id)) tell({ type: "answer", id, answer: waiting, isLast: true });
}

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  if (data.type === "start") {
    shelf = new Shelf(data.urls, (rung, fraction) => tell({ type: "progress", rung, fraction }));
  } else if (data.type === "own") {
    shelf.setOwn(data.vectors);
  } else if (data.type === "drop") {
    dropped.add(data.id);
  } else {
    answer(data).catch((error: unknown) => {
      tell({ type: "failed", id: data.id, message: error instanceof Error ? error.message : String(error) });
    });
  }
};
