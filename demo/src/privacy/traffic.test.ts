import assert from "node:assert/strict";
import { test } from "node:test";
import { type Traffic, trafficOf, watchTraffic } from "./traffic.ts";

const ORIGIN = "https://programs.example";

test("a file of this site tells nobody anything", () => {
  assert.deepEqual(trafficOf(`${ORIGIN}/assets/catalogue.json`, ORIGIN), { bytes: 0, foreign: 0, own: 1 });
});

test("what stands behind the question mark counts, as does any address of another site", () => {
  assert.deepEqual(trafficOf(`${ORIGIN}/?q=t%C3%A9`, ORIGIN), { bytes: 9, foreign: 0, own: 1 });
  const pixel = "https://elsewhere.example/p.gif";
  assert.deepEqual(trafficOf(pixel, ORIGIN), { bytes: pixel.length, foreign: 1, own: 0 });
});

test("what stays in the page is no traffic", () => {
  for (const url of ["data:text/plain,hello", `blob:${ORIGIN}/7`]) assert.equal(trafficOf(url, ORIGIN).own, 0);
});

test("bodies are counted whoever sends them, and sent on unchanged", async () => {
  const observed: ((list: { getEntries(): { name: string }[] }) => void)[] = [];
  const sent: unknown[] = [];
  class Socket {
    send(data: unknown) {
      sent.push(data);
    }
  }
  const scope = {
    location: new URL(ORIGIN),
    fetch: (...given: unknown[]) => {
      sent.push(...given);
      return Promise.resolve("answer");
    },
    WebSocket: Socket,
    navigator: { sendBeacon: (_url: string, body: unknown) => sent.push(body) > 0 },
  };
  const observer = globalThis.PerformanceObserver;
  globalThis.PerformanceObserver = class {
    constructor(callback: (typeof observed)[number]) {
      observed.push(callback);
    }
    observe() {}
  } as never;
  let traffic: Traffic | undefined;
  try {
    watchTraffic(scope as never, (sum) => {
      traffic = sum;
    });
  } finally {
    globalThis.PerformanceObserver = observer;
  }
  const settle = () => new Promise((resolve) => setTimeout(resolve, 20));

  assert.equal(await scope.fetch("/a", { method: "POST", body: "four" }), "answer");
  await settle();
  assert.equal(traffic?.bytes, 4);
  assert.equal(scope.navigator.sendBeacon("/b", new Uint8Array(3)), true);
  new Socket().send("é");
  await scope.fetch(new Request(`${ORIGIN}/c`, { method: "PUT", body: "five!" }));
  await settle();
  assert.equal(traffic?.bytes, 4 + 3 + 2 + 5);
  assert.equal(sent.length, 5);
  observed[0]?.({ getEntries: () => [{ name: `${ORIGIN}/x.js` }, { name: "https://elsewhere.example/" }] });
  assert.deepEqual(traffic, { bytes: 14 + 26, foreign: 1, own: 1 });
});
