// Which words of a sentence answer a query.
import { fold, queryWords } from "../engine/word_search.ts";

export interface Piece {
  text: string;
  isMarked: boolean;
}

const ENDINGS = /(ing|es|s|e)$/;

/** Whether a word of the sentence is one of the query's, or another form of it: "paint" and "painting". */
function answers(word: string, wanted: readonly string[]): boolean {
  const folded = fold(word);
  return wanted.some((each) => folded === each || (each.length > 3 && folded.startsWith(each.replace(ENDINGS, ""))));
}

/** The sentence in pieces, its words that answer the query marked. */
export function markedPieces(sentence: string, query: string): Piece[] {
  const wanted = queryWords(query);
  return sentence
    .split(/([\p{L}\p{N}]+)/u)
    .filter((text) => text !== "")
    .map((text) => ({ text, isMarked: answers(text, wanted) }));
}
