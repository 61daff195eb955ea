// The comparison of all rungs: its arithmetic against scipy and numpy, a whole run on texts of the project's own, and that what
// is committed says what its results say.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { WordVectors } from "kinvec/words";
import { withPart } from "../../bench/lib/readme.mjs";
import { readJudged } from "../../eval/rungs/judged.mjs";
import { ModelRung, WordsRung } from "../../eval/rungs/kinds.mjs";
import { rungs } from "../../eval/rungs/list.mjs";
import { measureAnalogies, measureMeaning } from "../../eval/rungs/measure.mjs";
import { rungsPlots, rungsReport, rungsTables } from "../../eval/rungs/report.mjs";
import { meanVector, SmoothInverseFrequency } from "../../eval/rungs/sentence_vectors.mjs";
import { wordsOf } from "../../eval/rungs/texts.mjs";
import { gcideTexts } from "../../tools/lib/gcide_texts.mjs";
import { root } from "../../tools/lib/project.mjs";
import { rankCorrelation } from "../../tools/lib/rank_correlation.mjs";
import { writeTinyRungs } from "./tiny_rungs.mjs";

const read = (name) => readFileSync(path.join(root, name), "utf8");
const golden = JSON.parse(read("eval/reference/rungs.json"));
const close = (actual, expected, within = 1e-6) =>
  assert.ok(Math.abs(actual - expected) <= within, `${actual} is not ${expected}`);

describe("rankCorrelation", () => {
  it("is scipy's, with ties", () => {
    assert.ok(golden.correlations.length >= 5);
    for (const { a, b, correlation } of golden.correlations) close(rankCorrelation(a, b), correlation, 1e-12);
  });

  it("is 0 where nothing is told apart", () => {
    assert.equal(rankCorrelation([1, 1, 1], [1, 2, 3]), 0);
  });
});

describe("vectors of texts", () => {
  const { words, vectors, sentences, a, text, vector } = golden.weighted;
  const table = new WordVectors(words, Float32Array.from(vectors.flat()), vectors[0].length);

  it("weighted by smooth inverse frequency are numpy's", () => {
    const counts = new Map();
    for (const word of sentences.flat()) counts.set(word, (counts.get(word) ?? 0) + 1);
    const weights = new SmoothInverseFrequency(table, { counts, words: sentences.flat().length, sentences }, { a });
    const ours = weights.vector(text);
    for (const [d, value] of vector.entries()) close(ours[d], value, 1e-5);
  });

  it("are the mean of those of the words that are known", () => {
    const mean = meanVector(["word1", "unseen", "word2"], table);
    for (const [d, value] of mean.entries()) close(value, (vectors[1][d] + vectors[2][d]) / 2);
    assert.deepEqual([...meanVector(["unseen"], table)], [0, 0, 0, 0]);
  });
});

describe("the measures of a rung", () => {
  const text = { counts: new Map(), words: 1, sentences: [["cat"], ["tax"]] };
  const table = (words, rows) => new WordVectors(words, Float32Array.from(rows.flat()), rows[0].length);

  it("give a pair with an unseen word 0, and count what is unseen", async () => {
    const rung = new WordsRung(
      {
        vectors: table(
          ["cat", "kitten", "tax"],
          [
            [1, 0],
            [1, 0.2],
            [-1, 1],
          ],
        ),
      },
      text,
    );
    const pairs = (...list) => list.map(([a, b, score]) => ({ a, b, score }));
    const alike = pairs(["cat", "kitten", 9], ["cat", "hound", 5], ["cat", "tax", 1]);
    const measured = await measureMeaning(rung, {
      stsTest: pairs(["The cat", "a kitten", 5], ["cat", "tax", 0]),
      biosses: pairs(["cat", "tax", 0], ["cat", "cat", 4]),
      ...{ similarity: alike, relatedness: alike, simlex: alike, men: alike, rare: alike },
    });
    assert.equal(measured.texts, 1);
    assert.equal(measured.rare, 1); // the unseen pair is between the others
    assert.equal(measured.unseen, 2 / 6);
    assert.equal(measured.unseenRare, 1 / 4);
    assert.deepEqual([measured.biosses.texts, measured.biosses.unseen], [1, 0]);
  });

  it("answer an analogy only with the nearest word that is not asked about", async () => {
    const rows = { man: [1, 0, 0], woman: [1, 1, 0], king: [1, 0, 1], queen: [1, 1, 1], tax: [-1, 0, 0] };
    const rung = new WordsRung(
      { vectors: table(Object.keys(rows), Object.values(rows)) },
      { ...text, sentences: [["man"]] },
    );
    const questions = [
      ["man", "woman", "king", "queen"],
      ["man", "woman", "king", "tax"],
    ];
    assert.equal(await measureAnalogies(rung, questions, Object.keys(rows)), 0.5);
  });

  it("ask models for words as for texts", async () => {
    const tokens = { seen: ["[CLS]", "seen", "[SEP]"], "☃": ["[CLS]", "[UNK]", "[SEP]"] };
    const model = {
      embed: async (texts) => ({ vectors: texts.map(() => new Float32Array([1])) }),
      tokenize: async (word) => ({ tokens: tokens[word] }),
    };
    const rung = new ModelRung(model, Buffer.alloc(0));
    assert.deepEqual([await rung.knows("seen"), await rung.knows("☃")], [true, false]);
    assert.equal((await rung.wordVectors(["seen"])).length, 1);
  });
});

describe("the texts", () => {
  it("have words in lower case, with their digits and apostrophes", () => {
    assert.deepEqual(wordsOf("Bcl-2 doesn't Ärger"), ["bcl", "2", "doesn't", "ärger"]);
  });

  it("of the dictionary are sentences behind their head word, without what only dictionaries have", () => {
    const folder = mkdtempSync(path.join(tmpdir(), "kinvec-gcide-"));
    const entries = `00-database-info
   About the dictionary itself, in some words.

Dichotomize \\Di*chot"o*mize\\, v. t. [imp. & p. p.
   {Dichotomized}; p. pr. & vb. n. {Dichotomizing}.] [See
   {Dichotomous}.]
   1. To cut into two parts; to part into two divisions; to
      divide into pairs. [R.]
      [1913 Webster]

            All good things it dichotomizes.
                                                  --Bp. Hall.
      [1913 Webster]

   2. (Astron.) To show a half disk. See {Dichotomy}, 3.
      [1913 Webster]
`;
    try {
      const file = path.join(folder, "gcide.dict.dz");
      writeFileSync(file, gzipSync(entries));
      assert.deepEqual(gcideTexts(file), [
        "dichotomize to cut into two parts",
        "dichotomize to part into two divisions",
        "dichotomize to divide into pairs",
        "dichotomize all good things it dichotomizes",
        "dichotomize to show a half disk",
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("npm run rungs", () => {
  let data;
  before(() => {
    data = writeTinyRungs();
  });
  after(() => data.remove());

  function compare(...args) {
    const env = { ...process.env, KINVEC_CACHE: path.join(data.folder, "cache"), KINVEC_DATA: "" };
    return spawnSync(process.execPath, [path.join(root, "eval/rungs.mjs"), ...args], { env, encoding: "utf8" });
  }

  it("measures every rung, and keeps what it trained", () => {
    const look = [
      `--data=${data.folder}`,
      `--text=${data.text}`,
      "--seeds=1",
      "--epochs=1",
      "--rounds=1",
      "--only=rungs",
    ];
    const { status, stdout, stderr } = compare(...look);
    assert.equal(status, 0, stderr);
    for (const [name, { title, kind }] of Object.entries(rungs)) {
      const rows = stdout.split("\n").filter((line) => line.startsWith(`| ${title} |`));
      assert.equal(rows.length, kind === "published" ? 0 : 4, name);
    }
    assert.match(stdout, /^\| Transformer .*\| 1\.000 \|/m); // it tells the three pairs of sentences apart
    assert.match(compare(...look).stdout, /Rungs compared/);
  });

  it("says what is missing", () => {
    assert.match(compare().stderr, /^rungs: no data folder: give one with --data=DIR or in KINVEC_DATA/);
    const empty = path.join(data.folder, "empty");
    mkdirSync(empty);
    assert.match(compare(`--data=${empty}`).stderr, /^rungs: .*stsb-en-dev\.csv is missing/);
    assert.match(compare(`--data=${data.folder}`, "--seeds=0").stderr, /^rungs: usage: /);
    assert.match(compare(`--data=${data.folder}`, "--only=weather").stderr, /^rungs: usage: /);
  });

  it("reads judgements as they are published", () => {
    const judged = readJudged(data.folder);
    assert.deepEqual(judged.men[0], { a: "sun", b: "sunlight", score: 50 });
    assert.equal(judged.men.length, 3); // neither the head nor the empty row
    assert.deepEqual(judged.analogies, [["athens", "greece", "oslo", "norway"]]);
  });
});

describe("the committed comparison", () => {
  const results = JSON.parse(read("eval/rungs.json"));
  const tables = rungsTables(results);

  it("has the report of its results, and the README its short table", () => {
    assert.equal(read("eval/rungs.md"), rungsReport(results));
    const readme = read("README.md");
    assert.equal(withPart(readme, "eval:rungs", tables.short), readme);
  });

  it("has the plots of its results, and the page shows them", () => {
    const page = read("docs/site/rungs.md");
    for (const [name, svg] of Object.entries(rungsPlots(results))) {
      assert.equal(read(`docs/site/diagrams/${name}.svg`), svg, name);
      assert.match(page, new RegExp(`<DiagramFigure name="${name}">`));
    }
  });

  it("has a table for each that the pages include", () => {
    const pages = read("docs/site/rungs.md") + read("docs/site/guides/domains.md");
    const included = [...pages.matchAll(/partials\/rungs-(\w+)\.md/g)].map(([, name]) => name);
    assert.deepEqual([...new Set(included)].sort(), Object.keys(tables).sort());
  });

  it("measures all rungs, and says what the pages say of them", () => {
    assert.deepEqual(Object.keys(results.rungs), Object.keys(rungs));
    const { counts, tfidf, cbow, skipgram, static: fixed, transformer, fasttext } = results.rungs;
    const upwards = [counts, tfidf, fixed, transformer].map(({ texts }) => texts);
    assert.deepEqual(
      upwards,
      upwards.toSorted((a, b) => a - b),
    );
    assert.ok(skipgram.weighted > skipgram.texts && skipgram.seconds > 2 * cbow.seconds);
    assert.ok(fasttext.unseenRare < skipgram.unseenRare && fasttext.bytes > 4 * skipgram.bytes);
    assert.ok(fixed.rate > 100 * transformer.rate);
  });

  it("says what the guide to a domain says", () => {
    const { words, models, neighbors } = results.domain;
    const before = results.rungs;
    assert.ok(models.tfidf.texts > before.tfidf.biosses.texts);
    assert.ok(models["static-small"].texts > before["static-small"].biosses.texts);
    assert.ok(models["static-small"].sts < before["static-small"].texts);
    assert.ok(models.static.texts < before.static.biosses.texts);
    assert.ok(words.domain.texts > words.general.texts && words.domain.unseen < words.general.unseen);
    assert.ok(words.continued.unseen < words.domain.unseen);
    assert.ok(neighbors.general.labor.includes("toil") && neighbors.continued.labor.includes("childbirth"));
  });
});
