// All parts of the evaluation, and what they were made with.

import path from "node:path";
import { machine, versionOfKinvec } from "../../bench/lib/machine.mjs";
import { root } from "../../tools/lib/project.mjs";
import { baselines } from "./baselines.mjs";
import { readCranfield } from "./cranfield.mjs";
import { measureCurve, oracle, summarise } from "./curve.mjs";
import { measureDrift, toldWhatIsOver } from "./drift.mjs";
import { readFilms, withActors } from "./films.mjs";
import { countedPopularity, worldOf } from "./people.mjs";
import { measurePrequential } from "./prequential.mjs";
import { indexOf, kinvecMethod } from "./recommender.mjs";
import { measureRetrieval } from "./retrieval.mjs";
import { DenseSimilarities, dot, TfIdfSimilarities } from "./similarities.mjs";
import { readSoftware } from "./software.mjs";
import { vectorsOf } from "./vectors.mjs";

export const parts = ["films", "actors", "software", "drift", "prequential", "cranfield"];

// Whose events make the popularity: other people than those who are measured.
const kOthers = { seed: "others", people: 2000, events: 30 };
const kExploration = 0.3;
const kFewCounts = [2, 10, 50]; // events

/** @returns {Promise<object>} what eval/results.json holds */
export async function evaluate({ data, people, seed, parts: wanted, onProgress }) {
  const results = {
    made: {
      machine: machine(),
      versions: `${versionOfKinvec()}; Node.js ${process.versions.node}`,
      model: "all-MiniLM-L6-v2.q8.gguf",
      people,
      seed,
      others: kOthers,
    },
  };
  const films = wanted.some((part) => ["films", "actors", "drift", "prequential"].includes(part))
    ? await standOf(readFilms(path.join(data, "movies")), onProgress)
    : undefined;
  const say = (part) => (line) => onProgress(`${part}: ${line}`);

  if (wanted.includes("films")) results.films = curveOf(films, { people, seed, onProgress: say("films") });
  if (wanted.includes("actors")) {
    const actors = { ...films, ...populated(withActors(films.catalogue), films) };
    results.actors = curveOf(actors, { people: half(people), seed, counts: kFewCounts, onProgress: say("actors") });
  }
  if (wanted.includes("software")) {
    const software = readSoftware(path.join(root, "demo/generated"));
    if (software) {
      const stand = await standOf(software, onProgress);
      results.software = curveOf(stand, { people: half(people), seed, onProgress: say("software") });
    } else onProgress("software: left out, the demo's catalogue has not been made (npm start makes it)");
  }
  if (wanted.includes("drift")) {
    const known = pick(films.methods, "mean", "knn", "kinvec");
    const methods = [...known, toldWhatIsOver(known.at(-1))];
    const measure = (change) =>
      withTitles(
        measureDrift({ ...films, methods, people, seed, change, onProgress: say(`drift, ${change}`) }),
        methods,
      );
    results.drift = { one: measure("one"), all: measure("all") };
  }
  if (wanted.includes("prequential")) {
    const methods = [...pick(films.methods, "popularity", "mean", "knn", "kinvec"), films.exploring];
    const run = measurePrequential({ ...films, methods, people: half(people), seed, onProgress: say("prequential") });
    results.prequential = withTitles(run, methods);
  }
  if (wanted.includes("cranfield")) {
    const collection = readCranfield(path.join(data, "cranfield"));
    results.cranfield = await measureRetrieval({ ...collection, onProgress: say("cranfield") });
  }
  return results;
}

const half = (people) => Math.max(2, Math.ceil(people / 2));
const pick = (methods, ...names) => names.map((name) => methods.find((method) => method.name === name));

/** A catalogue with all that its methods need. */
async function standOf(catalogue, onProgress) {
  const texts = catalogue.items.map(({ text }) => text);
  const vectors = await vectorsOf(texts, { onProgress: (line) => onProgress(`${catalogue.name}: ${line}`) });
  const index = await indexOf(vectors);
  const dense = new DenseSimilarities(vectors);
  const words = new TfIdfSimilarities(texts);
  const similarity = (a, b) => dot(vectors[a], vectors[b]);
  const stand = { catalogue, index, dense, words, similarity };
  return { ...stand, ...populated(catalogue, stand) };
}

/** People for a catalogue, and the methods that know how popular its items are with them. */
function populated(catalogue, { index, dense, words }) {
  const world = worldOf(catalogue);
  const popularity = countedPopularity(world, kOthers);
  const texts = catalogue.items.map(({ text }) => text);
  const kinvec = (name, title, options) => kinvecMethod({ name, title, index, popularity, texts, options });
  return {
    world,
    methods: [
      kinvec("kinvec", "Kinvec"),
      kinvecMethod({ name: "kinvec-vectors", title: "Kinvec, no texts", index, popularity }),
      kinvecMethod({ name: "kinvec-plain", title: "Kinvec, neither texts nor popularity", index }),
      ...baselines({ size: world.size, popularity, dense, words }),
      oracle,
    ],
    exploring: kinvec("kinvec-exploring", `Kinvec, exploration ${kExploration}`, { exploration: kExploration }),
  };
}

function curveOf({ catalogue, world, methods, similarity }, { people, ...options }) {
  const measured = measureCurve({ world, methods, similarity, people, ...options });
  const rows = summarise(measured, "kinvec");
  return { items: catalogue.items.length, people, methods: withTitles(rows, methods) };
}

function withTitles(byName, methods) {
  return Object.fromEntries(
    methods.map(({ name, title }) => {
      const measured = byName[name];
      return [name, Array.isArray(measured) ? { title, rows: measured } : { title, ...measured }];
    }),
  );
}
