// What a CountVectorizer has learned, as JSON.
import { invalid } from "../../arguments.ts";
import { JsonObject, shown } from "../../convert/json_file.ts";
import { KinvecError } from "../../errors.ts";
import { type CountOptions, type CountSettings, checkCountOptions } from "./count_options.ts";
import { compareCodePoints, type Frequency, TermCounts } from "./term_counts.ts";

/** A `CountVectorizer` as `toJSON` answers it. */
export interface CountsJson {
  format: "kinvec-counts";
  version: number;
  options: Omit<CountOptions, "tokenPattern" | "tokenizer"> & {
    tokenPattern: { source: string; flags: string };
    /** Whether words were split by a function, which JSON cannot hold. */
    ownTokenizer: boolean;
  };
  /** Number of texts. */
  texts: number;
  /** Every term of the texts, by code points. */
  terms: string[];
  /** In how many texts each of them occurs. */
  documentFrequencies: number[];
  /** How often each occurs in all. */
  frequencies: number[];
}

const kFormat = "kinvec-counts";
const kVersion = 1;

export function countsJson(settings: CountSettings, counts: TermCounts): CountsJson {
  const { tokenPattern, tokenizer, stopWords, ngramRange, vocabulary, ...plain } = settings;
  const sorted = counts.sorted();
  return {
    format: kFormat,
    version: kVersion,
    options: {
      ...plain,
      tokenPattern: { source: tokenPattern.source, flags: tokenPattern.flags },
      ownTokenizer: tokenizer !== undefined,
      stopWords: [...stopWords],
      ngramRange: [...ngramRange],
      vocabulary: vocabulary && [...vocabulary.keys()],
    },
    texts: counts.texts,
    terms: sorted.map(([term]) => term),
    documentFrequencies: sorted.map(([, { texts }]) => texts),
    frequencies: sorted.map(([, { total }]) => total),
  };
}

/**
 * Reads what countsJson wrote.
 *
 * @throws KinvecError MODEL_FORMAT, MODEL_VERSION; INVALID_ARGUMENT for a tokenizer that is missing or not wanted.
 */
export function parseCounts(
  json: unknown,
  tokenizer: CountOptions["tokenizer"],
): { settings: CountSettings; counts: TermCounts } {
  const saved = parseState(json, kFormat, kVersion);
  const options = saved.object("options");
  if (options.boolean("ownTokenizer") !== (tokenizer !== undefined)) {
    throw invalid(`options.tokenizer ${tokenizer ? "is not wanted" : "is missing"}: the counts were made otherwise`);
  }
  const settings = refusingAsDamage(() => checkCountOptions({ ...readOptions(options), tokenizer }));
  return { settings, counts: readCounts(saved, settings.vocabulary) };
}

/**
 * The state of a vectorizer, from an object or a text.
 *
 * @throws KinvecError MODEL_FORMAT, MODEL_VERSION.
 */
export function parseState(json: unknown, format: string, version: number): JsonObject {
  const saved = new JsonObject("the state", typeof json === "string" ? refusingAsDamage(() => JSON.parse(json)) : json);
  if (saved.value("format") !== format) throw damaged(`its format is not "${format}"`);
  if (saved.value("version") === version) return saved;
  const found = shown(saved.value("version"));
  throw new KinvecError("MODEL_VERSION", `the state has version ${found}; this package reads ${version}`);
}

/** What an action answers that checks values of a state; what it refuses is damage. */
export function refusingAsDamage<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof KinvecError && error.code !== "INVALID_ARGUMENT") throw error;
    throw damaged((error as Error).message);
  }
}

/** As they stand; their values are still to be checked. */
function readOptions(saved: JsonObject): CountOptions {
  const pattern = saved.object("tokenPattern");
  const tokenPattern = new RegExp(pattern.string("source"), pattern.string("flags"));
  return { ...saved.values, tokenPattern };
}

function readCounts(saved: JsonObject, vocabulary: ReadonlyMap<string, number> | undefined): TermCounts {
  const texts = saved.integer("texts", 0, Number.MAX_SAFE_INTEGER);
  const terms = saved.list("terms");
  const documentFrequencies = saved.list("documentFrequencies");
  const frequencies = saved.list("frequencies");
  if (documentFrequencies.length !== terms.length || frequencies.length !== terms.length) {
    throw damaged("its lists are not of one length");
  }
  const counted = terms.map((term, i): [string, Frequency] => {
    const before = terms[i - 1] as string;
    const isNext = typeof term === "string" && (i === 0 || compareCodePoints(before, term) < 0);
    if (!isNext || vocabulary?.has(term) === false) throw damaged(`terms[${i}] cannot stand there`, i);
    const inTexts = documentFrequencies[i] as number;
    const total = frequencies[i] as number;
    const isCount = Number.isSafeInteger(inTexts) && Number.isSafeInteger(total);
    if (!isCount || inTexts < 1 || inTexts > texts || total < inTexts) throw damaged(`no term is so frequent`, i);
    return [term, { texts: inTexts, total }];
  });
  return new TermCounts(texts, counted);
}

function damaged(what: string, at?: number): KinvecError {
  return new KinvecError("MODEL_FORMAT", `this is no state of a vectorizer: ${what}`, { at });
}
