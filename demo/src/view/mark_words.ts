// A sentence with the words of a query marked.
import { fold, queryWords } from "../engine/word_search.ts";
import { h } from "./dom.ts";

/** Whether a word of the sentence is one of the query's, or another form of it: "paint" and "painting". */
function answers(word: string, wanted: readonly string[]): boolean {
  const folded = fold(word);
  return wanted.some(
    (each) => folded === each || (each.length > 3 && folded.startsWith(each.replace(/(ing|es|s|e)$/, ""))),
  );
}

export function markWords(sentence: string, query: string): (Node | string)[] {
  const wanted = queryWords(query);
  return sentence
    .split(/([\p{L}\p{N}]+)/u)
    .filter((piece) => piece !== "")
    .map((piece) => (answers(piece, wanted) ? h("mark", {}, piece) : piece));
}
