// Cuts a list of texts into shares for workers that take the next share whenever they are free. Shares are cut in order
// and become smaller towards the end of the list, so that all workers finish at about the same time (guided
// self-scheduling: Polychronopoulos and Kuck, IEEE Transactions on Computers C-36, 1987).

// In tokens. The engine works on 512 at once, and is as fast with 64.
const kMost = 512;
const kLeast = 64;

export interface Share {
  /** Index of the first text. */
  start: number;
  texts: readonly string[];
}

/** Workers that have failed may end the cutting with return(). */
export function* shares(texts: readonly string[], workers: number, maxTokens: number): Generator<Share, void> {
  // Tokens are guessed from the length: the sharing evens out what that gets wrong.
  const tokens = texts.map((text) => Math.min(2 + text.length / 4, maxTokens));
  let left = tokens.reduce((sum, count) => sum + count, 0);
  for (let start = 0; start < texts.length; ) {
    const aim = Math.max(kLeast, Math.min(kMost, left / (2 * workers)));
    let end = start;
    let taken = 0;
    do taken += tokens[end++] ?? 0;
    while (end < texts.length && taken + (tokens[end] ?? 0) <= aim);
    yield { start, texts: texts.slice(start, end) };
    left -= taken;
    start = end;
  }
}
