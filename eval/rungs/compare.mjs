// All that `npm run rungs` measures, and what it was measured with.

import { readFileSync } from "node:fs";
import path from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { machine, versionOfKinvec } from "../../bench/lib/machine.mjs";
import { root } from "../../tools/lib/project.mjs";
import { measureDomain } from "./domain.mjs";
import { readJudged } from "./judged.mjs";
import { rungs } from "./list.mjs";
import { makeRung } from "./make.mjs";
import { meanOf, measureAnalogies, measureMeaning, measureSpeed } from "./measure.mjs";
import { aboutText, domainText, generalText } from "./texts.mjs";

export const parts = ["rungs", "domain"];
const mostQuestions = 500; // of analogies

/** @returns {Promise<object>} what eval/rungs.json holds */
export async function compareRungs({
  data,
  text,
  domain,
  glove,
  seeds: count,
  epochs,
  rounds,
  parts: wanted,
  onProgress,
}) {
  const judged = readJudged(data);
  const general = generalText(text);
  const seeds = Array.from({ length: count }, (_, i) => i + 1);
  onProgress(`${general.title}: ${general.words} words`);
  const results = {
    made: {
      machine: machine(),
      versions: `${versionOfKinvec()}; Node.js ${process.versions.node}`,
      text: aboutText(general),
      seeds: count,
    },
  };
  if (wanted.includes("rungs")) {
    const settings = { general, published: glove, seeds, epochs, rounds, judged, onProgress };
    Object.assign(results, await measureRungs(settings));
  }
  if (wanted.includes("domain")) {
    const settings = { general, domain: domainText(domain), judged, seeds, epochs, onProgress };
    results.domain = await measureDomain(settings);
  }
  return results;
}

async function measureRungs({ general, published, seeds, epochs, rounds, judged, onProgress }) {
  const names = Object.keys(rungs).filter((name) => rungs[name].kind !== "published" || published);
  const measured = {};
  const firsts = new Map(); // rungs of the first seed, to be timed
  let analogies;
  for (const name of names) {
    const scores = [];
    for (const seed of rungs[name].training ? seeds : [undefined]) {
      const rung = await makeRung(name, { general, published, seed, epochs, onProgress });
      // Words that rungs know that were trained on the text; the frequent ones know nothing else.
      if (rungs[name].training) analogies ??= analogiesAmong(rung.vectors.words, judged.analogies);
      scores.push({ ...(await measureMeaning(rung, judged)), ...(rung.seconds && { seconds: rung.seconds }) });
      if (!firsts.has(name)) firsts.set(name, rung);
      onProgress(`${name}${seed ? `, seed ${seed}` : ""}: STS-B ${scores.at(-1).texts.toFixed(4)}`);
    }
    measured[name] = meanOf(scores);
  }
  for (const [name, rung] of firsts) {
    if (rungs[name].kind === "counts") continue;
    measured[name].analogies = await measureAnalogies(rung, analogies.questions, analogies.words);
    onProgress(`${name}: analogies ${measured[name].analogies.toFixed(3)}`);
  }
  onProgress("timing");
  const texts = judged.stsTest.flatMap(({ a, b }) => [a, b]);
  const rates = await measureSpeed(firsts, texts, { rounds });
  const { binary } = firsts.get("transformer").model.info();
  const codeOf = ({ kind }) => (kind === "model" ? ["index.mjs", `kinvec-${binary}.wasm`] : ["words.mjs"]);
  for (const [name, rung] of firsts) {
    const code = codeOf(rungs[name]).map((file) => readFileSync(path.join(root, "dist", file)));
    Object.assign(measured[name], {
      rate: rates.get(name),
      bytes: rung.file.length,
      sent: sentBytes(rung.file),
      code: code.reduce((sum, file) => sum + sentBytes(file, 11), 0),
    });
    rung.model?.dispose();
  }
  const { questions, words } = analogies;
  return { binary, analogies: { questions: questions.length, words: words.length }, rungs: measured };
}

/** Questions of which all four words are known, every so many of them. */
function analogiesAmong(words, all) {
  const known = new Set(words);
  const answerable = all.filter((question) => question.every((word) => known.has(word)));
  const step = Math.ceil(answerable.length / mostQuestions);
  return { words, questions: answerable.filter((_, i) => i % step === 0) };
}

/** After compression, as a server sends it: what is there for long with the utmost effort. */
function sentBytes(file, quality = 9) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_LGWIN]: 24 };
  return brotliCompressSync(file, { params }).length;
}
