// How likely a program is to mean something to a newcomer. No download counts exist in AppStream, so two signs stand in: a short
// editorial list of programs that many people have heard of, and the number of languages that volunteers found worth translating to.
import { readFileSync } from "node:fs";

/** Package names, the ones to open with first, sections mixed. @type {string[]} */
const WELL_KNOWN = JSON.parse(readFileSync(new URL("well_known.json", import.meta.url), "utf8"));

const TRANSLATIONS_OF_THE_MOST_TRANSLATED = 150;
const MAX_PRIOR_OF_THE_REST = 0.5;

/** @param {{package?: string}} program */
export const isWellKnown = (program) => WELL_KNOWN.includes(program.package ?? "");

/**
 * @param {{translations: number}} program
 * @returns {number} 0 to MAX_PRIOR_OF_THE_REST
 */
function priorByTranslations(program) {
  const share = Math.log1p(program.translations) / Math.log1p(TRANSLATIONS_OF_THE_MOST_TRANSLATED);
  return MAX_PRIOR_OF_THE_REST * Math.min(1, share);
}

/** Of a package's several programs, the one that people mean by its name. */
const mainProgramFirst = (a, b) =>
  b.translations - a.translations || a.name.length - b.name.length || (a.id < b.id ? -1 : 1);

/**
 * Puts the likeliest first, so that the first screens need only the first icon sheets.
 * @template {{id: string, name: string, package?: string, translations: number}} P
 * @param {P[]} programs
 * @returns {(P & {prior: number})[]} prior: 0 (unknown) to 1 (opens the first list)
 */
export function orderByPrior(programs) {
  /** @type {Map<string, number>} */
  const editorial = new Map();
  for (const [rank, name] of WELL_KNOWN.entries()) {
    const [main] = programs.filter((program) => program.package === name).sort(mainProgramFirst);
    if (main) editorial.set(main.id, 1 - (1 - MAX_PRIOR_OF_THE_REST) * (rank / WELL_KNOWN.length));
  }
  return programs
    .map((program) => ({ ...program, prior: round3(editorial.get(program.id) ?? priorByTranslations(program)) }))
    .sort((a, b) => b.prior - a.prior || (a.id < b.id ? -1 : 1));
}

const round3 = (/** @type {number} */ x) => Math.round(x * 1000) / 1000;
