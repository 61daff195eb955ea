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
import { ofTexts, unseenOfTexts } from "./measure.mjs";
import { trained } from "./trained.mjs";

/** Words that mean one thing to everybody and another in the domain. */
export const telling = ["culture", "cell", "expression", "discharge", "labor", "vessel"];
/** Sub-words take long on both texts at once. */
const waysOf = { skipgram: Object.keys(ways), fasttext: ["general", "domain", "continued"] };
const teacher = "all-MiniLM-L6-v2.q8.gguf";
const distilledTexts = 12_000; // that a static model is fitted to
const mostCharacters = 200; // of such a text; longer ones take long

/** @returns {Promise<{ words: object[], models: object[], neighbors: object, text: object }>} */
export async function measureDomain({ general, domain, judged, seeds, epochs, onProgress }) {
  const texts = { general, domain, both: together(general, domain) };
  const words = [];
  const neighbors = {};
  for (const [name, list] of Object.entries(waysOf)) {
    const { training } = rungs[name];
    for (const way of list) {
      const scores = [];
      for (const seed of seeds) {
        const options = { ...training, ...(epochs && { epochs }), seed };
        const say = (line) => onProgress(`${name}, ${way}, seed ${seed}, ${line}`);
        const start = way === "continued" ? await trained(general, options, { onProgress: say }) : undefined;
        const made = await trained(texts[way] ?? domain, options, { start, onProgress: say });
        // The weights by the text that was learnt from last.
        const rung = new WordsRung(made, texts[way] ?? domain);
        scores.push(await measure(rung, judged.biosses));
        if (name === "skipgram" && seed === seeds[0]) neighbors[way] = neighborsIn(made.vectors);
      }
      words.push({ rung: name, way, ...meanOf(scores) });
    }
  }
  const models = await measureModels({ general, domain, judged, onProgress });
  return { text: aboutText(domain), words, models, neighbors };
}

/** Counts with weights from either text, and static models before and after. */
export async function measureModels({ general, domain, judged, onProgress }) {
  const rows = [];
  const add = async (name, title, rung) => {
    rows.push({ name, title, bytes: rung.file.length, ...(await measure(rung, judged.biosses)) });
    onProgress(`${title}: done`);
  };
  for (const [name, text] of Object.entries({ general, domain })) {
    await add(`tfidf-${name}`, `TF-IDF, weights by the ${ways[name]}`, new CountsRung(text, { weighed: true }));
  }
  for (const name of ["static-small", "static", "transformer"]) {
    const file = readFileSync(path.join(root, "models", rungs[name].model));
    await addModel(name, rungs[name].title, file);
  }
  const texts = sentencesToFit(domain);
  const source = path.join(root, "models", teacher);
  for (const [name, vocabularySize] of [
    ["static-small", 8000],
    ["static", undefined],
  ]) {
    const options = { dimensions: 160, dtype: "q4", vocabularySize };
    onProgress(`distilling with ${texts.length} texts`);
    const sources = [readFileSync(source), JSON.stringify([options, texts])];
    const { file } = await kept(sources, () => distill(source, { ...options, texts }));
    await addModel(`${name}-domain`, `${rungs[name].title}, distilled with the domain's texts`, file);
  }
  return rows;

  async function addModel(name, title, file) {
    const model = await load(file);
    await add(name, title, new ModelRung(model, file));
    model.dispose();
  }
}

async function measure(rung, pairs) {
  const weighted = rung.weightedVectors && {
    textVectors: (texts) => rung.weightedVectors(texts),
    cosine: rung.cosine,
  };
  return {
    biosses: await ofTexts(rung, pairs),
    ...(weighted && { biossesWeighted: await ofTexts(weighted, pairs) }),
    unseen: await unseenOfTexts(rung, pairs),
  };
}

/** One text after the other, as one. */
export function together(a, b) {
  const counts = new Map(a.counts);
  for (const [word, count] of b.counts) counts.set(word, (counts.get(word) ?? 0) + count);
  return {
    counts,
    sentences: [...a.sentences, ...b.sentences],
    words: a.words + b.words,
    hash: `${a.hash}+${b.hash}`,
  };
}

export const aboutText = ({ title, bytes, words, sentences }) => ({ title, bytes, words, sentences: sentences.length });

function sentencesToFit({ sentences }) {
  const short = sentences.map((words) => words.join(" ")).filter((text) => text.length <= mostCharacters);
  const step = Math.ceil(short.length / distilledTexts);
  return short.filter((_, i) => i % step === 0);
}

const neighborsIn = (vectors) =>
  Object.fromEntries(
    telling
      .filter((word) => vectors.has(word))
      .map((word) => [word, vectors.nearest(word, { topK: 6 }).map((neighbor) => neighbor.word)]),
  );

/** The mean of each number, over the seeds. */
export function meanOf(rows) {
  const mean = (name) => rows.reduce((sum, row) => sum + row[name], 0) / rows.length;
  return Object.fromEntries(Object.keys(rows[0]).map((name) => [name, mean(name)]));
}
