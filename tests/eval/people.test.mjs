// Simulated people: the same for a seed, and as they are said to be.

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { baselines, best, nearest } from "../../eval/lib/baselines.mjs";
import { chancesOfNext, countedPopularity, drawPerson, kNoise, worldOf } from "../../eval/lib/people.mjs";
import { TfIdfSimilarities } from "../../eval/lib/similarities.mjs";
import { tinyFilms } from "./tiny_data.mjs";

let world;
before(() => {
  world = worldOf(tinyFilms());
});
const person = (seed, options) => drawPerson(world, { seed, events: 30, ...options });

describe("a simulated person", () => {
  it("is the same for the same seed, and another for another", () => {
    assert.deepEqual(person("a").events, person("a").events);
    assert.notDeepEqual(person("a").events, person("b").events);
  });

  it("has two to four tastes with weights that add up to 1, and never chooses an item twice", () => {
    for (let i = 0; i < 50; i++) {
      const { events, mixtureAt } = person(i);
      const mixture = mixtureAt(0);
      assert.ok(mixture.length >= 2 && mixture.length <= 4);
      assert.ok(Math.abs(mixture.reduce((sum, { weight }) => sum + weight, 0) - 1) < 1e-12);
      assert.equal(new Set(events).size, 30);
    }
  });

  it("chooses by its tastes but for the noise", () => {
    const sum = (items) => items.reduce((total, item) => total + world.appeal[item], 0);
    const everything = sum([...world.appeal.keys()]);
    let [outside, expected] = [0, 0];
    for (let i = 0; i < 200; i++) {
      const { events, mixtureAt } = person(i);
      const own = new Set(mixtureAt(0).flatMap(({ taste }) => [...taste.items]));
      outside += events.filter((item) => !own.has(item)).length;
      // Some of the noise falls on the tastes by chance.
      expected += events.length * kNoise * (1 - sum([...own]) / everything);
    }
    assert.ok(Math.abs(outside / expected - 1) < 0.25, `${outside} events outside, ${expected} expected`);
  });

  it("keeps all tastes but the heaviest when one changes", () => {
    const { mixtureAt } = person("c", { change: "one", changeAfter: 10 });
    const [before, after] = [mixtureAt(9), mixtureAt(10)];
    const heaviest = Math.max(...before.map(({ weight }) => weight));
    for (const [i, { taste, weight }] of before.entries()) {
      assert.equal(after[i].weight, weight);
      assert.equal(after[i].taste.name === taste.name, weight < heaviest);
    }
  });
});

describe("the chances of the next event", () => {
  it("add up to 1 and leave out what was seen", () => {
    const { events, mixtureAt } = person("d");
    const chances = chancesOfNext(world, mixtureAt(0), new Set(events));
    const sum = [...chances.values()].reduce((a, b) => a + b, 0);
    assert.ok(Math.abs(sum - 1) < 1e-12);
    assert.ok(events.every((item) => !chances.has(item)));
  });

  it("are those of drawn events", () => {
    const { mixtureAt } = person("e");
    const mixture = mixtureAt(0);
    const expected = mixture.map(({ taste }) => {
      const chances = chancesOfNext(world, mixture, new Set());
      return taste.items.reduce((total, item) => total + chances.get(item), 0);
    });
    assert.ok(mixture.every(({ weight }, i) => expected[i] >= weight - 1e-12)); // tastes may overlap
  });
});

describe("popularity", () => {
  it("follows how well an item is known", () => {
    const counts = countedPopularity(world, { seed: "others", people: 200, events: 10 });
    const order = [...world.appeal.keys()].sort((a, b) => world.appeal[b] - world.appeal[a]);
    const sum = (items) => items.reduce((total, item) => total + counts[item], 0);
    assert.equal(sum(order), 2000);
    assert.ok(sum(order.slice(0, 60)) > 1.2 * sum(order.slice(-60)));
  });
});

describe("baselines", () => {
  it("show ten items that were not seen", () => {
    const { items } = tinyFilms();
    const words = new TfIdfSimilarities(items.map(({ text }) => text));
    const methods = baselines({ size: items.length, popularity: world.appeal, dense: words, words });
    assert.equal(methods.length, 7);
    for (const { name, list } of methods) {
      const shown = list([3, 5], { seed: "f", hidden: new Set([8]) });
      assert.equal(new Set(shown).size, 10, name);
      assert.ok(![3, 5, 8].some((item) => shown.includes(item)), name);
    }
  });

  it("rank by score, equal ones in the order of the catalogue", () => {
    assert.deepEqual(best([1, 3, 2, 3, 0], new Set([0]), 3), [1, 3, 2]);
  });

  it("sum the greatest similarities", () => {
    const rows = {
      row: (item) =>
        [
          [0.1, 0.5],
          [0.2, 0.1],
          [0.4, 0.3],
        ][item],
    }; // prettier-ignore
    assert.deepEqual([...nearest(rows, 2, 2)([0, 1, 2])], [...Float32Array.of(0.4 + 0.2, 0.5 + 0.3)]);
  });

  it("weigh words by how rare they are", () => {
    const rows = new TfIdfSimilarities(["a cat", "a dog", "a cat dog"]);
    const row = rows.row(0);
    assert.ok(Math.abs(row[0] - 1) < 1e-6);
    assert.equal(row[1], 0); // a word of all texts says nothing
    assert.ok(Math.abs(row[2] - Math.SQRT1_2) < 1e-6);
  });
});
