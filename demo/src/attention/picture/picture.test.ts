import assert from "node:assert/strict";
import { test } from "node:test";
import { arcPath, arcWidth, chooseArcs } from "./arcs.ts";
import { draw, pictureOf, toSvg } from "./picture.ts";

const weights = Float32Array.from([0.5, 0.25, 0.25, 0.125, 0.75, 0.125, 0, 0, 1]);
const every = { floor: 0, most: 100 };
const ends = (arcs: readonly { from: number; to: number }[]) => arcs.map(({ from, to }) => `${from}${to}`);

test("arcs are chosen by weight, the heaviest last and so on top", () => {
  const { arcs, leftOut } = chooseArcs(weights, 3, { floor: 0.25, most: 100 });
  assert.deepEqual(ends(arcs), ["01", "02", "00", "11", "22"]);
  assert.equal(leftOut, 0);
  assert.deepEqual(arcs.at(-1), { from: 2, to: 2, weight: 1 });
});

test("of too many arcs the lightest are left out, and counted", () => {
  const { arcs, leftOut } = chooseArcs(weights, 3, { floor: 0.1, most: 2 });
  assert.deepEqual(ends(arcs), ["11", "22"]);
  assert.equal(leftOut, 5);
});

test("one token's arcs are those from it or those to it", () => {
  assert.deepEqual(ends(chooseArcs(weights, 3, { ...every, only: { side: "from", token: 1 } }).arcs), [
    "10",
    "12",
    "11",
  ]);
  assert.deepEqual(ends(chooseArcs(weights, 3, { ...every, only: { side: "to", token: 1 } }).arcs), ["21", "01", "11"]);
});

test("tokens that take no part have no arcs on either side", () => {
  assert.deepEqual(ends(chooseArcs(weights, 3, { ...every, without: (token) => token === 2 }).arcs), [
    "10",
    "01",
    "00",
    "11",
  ]);
});

test("an arc begins and ends level, in the middle of its rows", () => {
  const field = { left: 10, right: 110, top: 5, rowHeight: 20 };
  assert.equal(arcPath({ from: 0, to: 2 }, field), "M10 15C60 15 60 55 110 55");
  assert.equal(arcPath({ from: 1, to: 1 }, field), "M10 35C60 35 60 35 110 35");
  assert.ok(arcWidth(0) >= 1 && arcWidth(1) > arcWidth(0.5));
});

const colours = { ground: "#fff", ink: "#000", curve: "green" };
const picture = pictureOf(
  {
    title: "Layer 1, head 2",
    sentence: 'a <b> & "c"\u0000',
    tokens: ["a", "<b>"],
    arcs: [{ from: 0, to: 1, weight: 0.5 }],
    chosen: 1,
  },
  colours,
);

test("a picture shows every token on both sides, inside its edges", () => {
  const tokens = picture.texts.filter(({ text }) => text === "<b>");
  assert.deepEqual(
    tokens.map(({ anchor, bold }) => [anchor, bold === true]),
    [
      ["end", true],
      ["start", false],
    ],
  );
  for (const { x, y } of picture.texts) assert.ok(x > 0 && x < picture.width && y > 0 && y < picture.height);
  assert.equal(picture.curves.length, 1);
});

test("its SVG is well-formed whatever the text is", () => {
  const svg = toSvg(picture);
  assert.match(svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="720"/);
  assert.match(svg, />a &lt;b&gt; &amp; &quot;c&quot;\ufffd<\/text>/);
  assert.ok(!svg.includes("<b>") && !svg.includes("\u0000"));
  assert.equal(svg.match(/<path /g)?.length, 1);
  assert.equal(svg.match(/<text /g)?.length, picture.texts.length);
});

test("the same lines are drawn on a canvas", () => {
  const calls: string[] = [];
  const context = new Proxy({} as Record<string, unknown>, {
    get: (target, name: string) => target[name] ?? ((...args: unknown[]) => calls.push(`${name} ${args[0]}`)),
  });
  globalThis.Path2D ??= class {} as unknown as typeof Path2D; // Node has none
  draw(picture, context as unknown as CanvasRenderingContext2D, 2);
  assert.equal(calls[0], "scale 2");
  assert.equal(calls.filter((call) => call.startsWith("stroke")).length, 1);
  assert.deepEqual(
    calls.filter((call) => call.startsWith("fillText")),
    picture.texts.map(({ text }) => `fillText ${text}`),
  );
});
