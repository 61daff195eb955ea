import assert from "node:assert/strict";
import { test } from "node:test";
import { nearestIn } from "./nearest.ts";
import { type Candidate, neighboursOf } from "./neighbours.ts";

const vector = (...values: number[]) => Float32Array.from(values);
const candidate = (token: string, ...states: Float32Array[]): Candidate => ({
  token,
  sentence: `a ${token}`,
  start: 2,
  end: 2 + token.length,
  states,
});

test("a token that moves has other neighbours in other layers", () => {
  const bank = [vector(1, 0), vector(0, 1)];
  const found = neighboursOf(
    bank,
    [
      candidate("money", vector(1, 0.1), vector(1, 0)),
      candidate("river", vector(0, 1), vector(0.1, 1)),
      candidate("far", vector(-1, 0), vector(0, -1)),
    ],
    1,
  );
  assert.deepEqual(
    found.map(({ token }) => token),
    ["money", "river"],
  );
  assert.deepEqual(nearestIn(found, 0, 2), [0, 1]);
  assert.deepEqual(nearestIn(found, 1, 2), [1, 0]);
  assert.equal(found[1]?.similarities[0], 0);
  assert.ok((found[1]?.similarities[1] as number) > 0.99);
  assert.equal(found[0]?.sentence.slice(found[0].start, found[0].end), "money");
});

test("equals stay in order, and fewer candidates than asked for are all there are", () => {
  const states = [vector(1, 0)];
  const found = neighboursOf(states, [candidate("a", vector(2, 0)), candidate("b", vector(1, 0))], 5);
  assert.deepEqual(nearestIn(found, 0, 5), [0, 1]);
  assert.deepEqual(neighboursOf(states, [], 5), []);
});
