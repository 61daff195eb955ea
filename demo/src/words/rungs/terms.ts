// Texts as the words that have vectors, alike in what was learned ahead and in what is typed.
import { splitWords } from "kinvec/words";

export const termsOf = (text: string): string[] => splitWords(text).map(({ term }) => term);
