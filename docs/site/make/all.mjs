// Makes everything that the pages of the site include: reference, tables of options and figures, search by meaning.
// A program of its own: VitePress has one renderer a process, and that of the passages is another than that of the pages.

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { facts, figureTables } from "./figures.mjs";
import { optionTables } from "./options.mjs";
import { indexPassages } from "./passages.mjs";
import { generated, root } from "./places.mjs";
import { readComments, writeReference } from "./reference.mjs";

const model = path.join(root, "models/all-MiniLM-L6-v2.q8.gguf");

rmSync(generated, { recursive: true, force: true });
mkdirSync(path.join(generated, "partials"), { recursive: true });
const comments = await readComments();
await writeReference(comments);
for (const [name, markdown] of Object.entries({ ...optionTables(comments.project), ...figureTables() })) {
  writeFileSync(path.join(generated, "partials", `${name}.md`), `${markdown}\n`);
}
const { passages, index } = await indexPassages(model);
writeFileSync(path.join(generated, "passages.json"), JSON.stringify(passages));
writeFileSync(path.join(generated, "passages.index"), index);
writeFileSync(path.join(generated, "facts.json"), JSON.stringify({ ...facts(model), passages: passages.length }));
