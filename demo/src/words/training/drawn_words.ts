// Which words of a training are drawn.

const MOST = 260;
/** With fewer words of the page's groups than this among the texts, the texts' own most frequent words are drawn. */
const ENOUGH = 60;
/** The most frequent words of any text are its short ones, which say little. */
const LEAST_LETTERS = 4;

/** @param words of the vocabulary, most frequent first */
export function drawnWords(words: readonly string[], preferred: readonly string[]): string[] {
  const known = new Set(words);
  const found = preferred.filter((word) => known.has(word));
  const own = words.filter((word) => word.length >= LEAST_LETTERS);
  const chosen = found.length >= ENOUGH ? found : own.length >= 3 ? own : words;
  return chosen.slice(0, MOST);
}
