// The Cranfield collection: 1,400 abstracts, 225 questions, and which abstracts answer which.

import { readFileSync } from "node:fs";
import path from "node:path";

/**
 * A question is named by its position, from 1, as the judgements name it; its <num> is another number.  Documents without a
 * text are left out: they cannot be found, by any method.
 * @returns {{ documents: { id: string, text: string }[], queries: { id: string, text: string }[],
 *   relevant: Map<string, Map<string, number>> }} relevant: gains of documents by query
 */
export function readCranfield(folder) {
  const read = (name) => readFileSync(path.join(folder, name), "utf8");
  const source = read("cran.all.1400.xml");
  const texts = parts(source, "text");
  const documents = parts(source, "docno").map((id, i) => ({ id, text: texts[i] }));
  const relevant = new Map();
  for (const line of read("cranqrel.trec.txt").split("\n")) {
    const [query, , document, gain] = line.trim().split(/\s+/);
    if (!(Number(gain) > 0)) continue;
    if (!relevant.has(query)) relevant.set(query, new Map());
    relevant.get(query).set(document, Number(gain));
  }
  return {
    documents: documents.filter(({ text }) => text !== ""),
    queries: parts(read("cran.qry.xml"), "title").map((text, i) => ({ id: String(i + 1), text })),
    relevant,
  };
}

function parts(text, tag) {
  const found = text.matchAll(new RegExp(`<${tag}>([^]*?)</${tag}>`, "g"));
  return Array.from(found, ([, content]) => content.replace(/\s+/g, " ").trim());
}
