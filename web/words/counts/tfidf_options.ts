// Options of a TfidfVectorizer besides those of counting, by scikit-learn's names and with its defaults.
import { checkBoolean, checkOptions, checkWord } from "../../arguments.ts";
import type { CountOptions } from "./count_options.ts";

/** Options of a `TfidfVectorizer`; names and defaults are scikit-learn's. */
export interface TfidfOptions extends CountOptions {
  /** Scales each row so that its squares (`l2`, the default) or its values (`l1`) sum to 1; null leaves it. */
  norm?: "l1" | "l2" | null | undefined;
  /** Whether a term counts the less the more texts have it; default true. */
  useIdf?: boolean | undefined;
  /** Whether to reckon as if one more text had every term, so that no weight is infinite; default true. */
  smoothIdf?: boolean | undefined;
  /** Whether a count c becomes 1 + ln(c), so that repetition counts less; default false. */
  sublinearTf?: boolean | undefined;
}

/** How counts become weights. */
export interface WeightSettings {
  readonly norm: "l1" | "l2" | null;
  readonly useIdf: boolean;
  readonly smoothIdf: boolean;
  readonly sublinearTf: boolean;
}

export function checkWeightOptions(options: TfidfOptions | undefined): WeightSettings {
  const { norm = "l2", useIdf = true, smoothIdf = true, sublinearTf = false } = checkOptions(options);
  if (norm !== null) checkWord(norm, "options.norm", ["l1", "l2"]);
  checkBoolean(useIdf, "options.useIdf");
  checkBoolean(smoothIdf, "options.smoothIdf");
  checkBoolean(sublinearTf, "options.sublinearTf");
  return { norm, useIdf, smoothIdf, sublinearTf };
}
