// The programs' texts: descriptions as they are shown, and all words that can find a program.
import descriptionsUrl from "../../generated/descriptions.json?url";
import { type Block, fetchFile, type Program } from "../catalogue/catalogue.ts";

export interface Texts {
  /** By the number of the program; a string is a paragraph, an array of strings a list. */
  descriptions: readonly Block[][];
}

export async function loadTexts(): Promise<Texts> {
  return { descriptions: await (await fetchFile(descriptionsUrl)).json() };
}

/** Paragraphs and list items, each a block of lines of its own, so that no sentence runs from one into the next. */
export const plainText = (blocks: readonly Block[]): string => blocks.flat().join("\n\n");

/** All that is written about a program. */
export const allWords = ({ name, summary, sections, keywords }: Program, blocks: readonly Block[]): string =>
  [name, summary, ...sections, ...keywords, plainText(blocks)].join("\n\n");
