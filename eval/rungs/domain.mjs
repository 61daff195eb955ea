// A domain: how well each rung tells biomedical sentences that mean the same (BIOSSES), and what becomes of word vectors and of
// static models that are given the domain's texts.

import { readFileSync } from "node:fs";
import path from "node:path";
import { load } from "kinvec";
import { distill } from "kinvec/convert";
import { root } from "../../tools/lib/project.mjs";
import { kept } from "./kept.mjs";
import { CountsRung, ModelRung, WordsRung } from "./kinds.mjs";
import { rungs, ways } from "./list.mjs";
import { meanOf, measureTexts } from "./measure.mjs";
import { aboutText } from "./texts.mjs";
import { trained } from "./trained.mjs";

/** Words that mean one thing to everybody and another in the domain. */
const telling = ["culture", "cell", "expression", "discharge", "labor", "vessel"];
/** Word vectors without sub-words, so that unseen words stay unseen. */
const method = "skipgram";
/** How many tokens a static model keeps: as those of the same names in models/. */
const distilled = { "static-small": 8000, static: undefined };
const teacher = "all-MiniLM-L6-v2.q8.gguf";
const distilledTexts = 12_000; // that a static model is fitted to
const mostCharacters = 200; // of such a text; longer ones take long

/**
 * @returns {Promise<object>} `words`: word vectors by what they were trained on; `models`: the
 *   other rungs; `neighbors` of some words
 */
export async function measureDomain({ general, domain, judged, seeds, epochs, onProgress }) {
  const words = {};
  const neighbors = {};
  for (const way of Object.keys(ways)) {
    const scores = [];
    for (const seed of seeds) {
      const options = { ...rungs[method].training, ...(epochs && { epochs }), seed };
      const say = (line) => onProgress(`${method}, ${way}, seed ${seed}, ${line}`);
      const start = way === "domain" ? undefined : await trained(general, options, { onProgress: say });
      const made = way === "general" ? start : await trained(domain, options, { start, onProgress: say });
      // Weighted by the text that was learnt from last.
      const rung = new WordsRung(made, way === "general" ? general : domain);
      scores.push(await measureTexts(rung, judged.biosses));
      neighbors[way] ??= neighborsIn(made.vectors);
    }
    words[way] = meanOf(scores);
  }
  const models = await measureModels({ domain, judged, onProgress });
  return { text: aboutText(domain), words, models, neighbors };
}

/** Rungs fitted to the domain's text, by name: how well they do there, and what is left of general sentences (`sts`). */
async function measureModels({ domain, judged, onProgress }) {
  const measure = async (rung) => {
    const { texts: sts } = await measureTexts(rung, judged.stsTest);
    return { ...(await measureTexts(rung, judged.biosses)), sts };
  };
  const models = { tfidf: await measure(new CountsRung(domain, { weighed: true })) };
  const source = path.join(root, "models", teacher);
  const texts = sentencesToFit(domain);
  for (const [name, vocabularySize] of Object.entries(distilled)) {
    onProgress(`${name}: distilling with ${texts.length} texts`);
    const options = { dimensions: 160, dtype: "q4", vocabularySize };
    const sources = [readFileSync(source), JSON.stringify([options, texts])];
    const { file } = await kept(sources, () => distill(source, { ...options, texts }));
    const model = await load(file);
    models[name] = await measure(new ModelRung(model, file));
    model.dispose();
  }
  return models;
}

function sentencesToFit({ sentences }) {
  const short = sentences.map((words) => words.join(" ")).filter((text) => text.length <= mostCharacters);
  const step = Math.ceil(short.length / distilledTexts);
  return short.filter((_, i) => i % step === 0);
}

const neighborsIn = (vectors) =>
  Object.fromEntries(
    telling
      .filter((word) => vectors.has(word))
      .map((word) => [word, vectors.nearest(word, { topK: 5 }).map((neighbor) => neighbor.word)]),
  );
