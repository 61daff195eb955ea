// A data folder of the project's own for the comparison of rungs: a text of few words, and some judgements.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { files } from "../../eval/rungs/judged.mjs";

const subjects = ["the cat", "a kitten", "the dog", "a puppy", "oslo in norway", "athens in greece"];
const deeds = ["drank the milk", "slept in the sun", "sat on the mat", "ran in the sunlight", "paid the tax"];

const sentences = `A cat drank the milk.,A cat drank milk.,5.0
A cat slept.,A kitten had a nap.,3.0
A cat slept.,The tax was paid.,0.0
`;
const words = `,word1,word2,similarity
0,sun-n,sunlight-n,50.000000
1,cat-n,kitten-n,40.000000
2,cat-n,tax-n,1.000000
,,,
`;
const analogies = `,type,word1,word2,word3,target
0,capital-common-countries,Athens,Greece,Oslo,Norway
`;

/** Writes the folder, and the text within. @returns {{ folder: string, text: string, remove: () => void }} */
export function writeTinyRungs() {
  const folder = mkdtempSync(path.join(tmpdir(), "kinvec-rungs-"));
  const contents = { stsDev: sentences, stsTest: sentences, analogies, biosses: sentences.replace(/,/g, "\t") };
  for (const [name, file] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), contents[name] ?? words);
  }
  const text = path.join(folder, "text.txt");
  const lines = Array.from({ length: 600 }, (_, i) => `${subjects[i % 6]} ${deeds[(i * 7) % 5]}`);
  writeFileSync(text, lines.join("\n"));
  return { folder, text, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
