// Checks of an encoding's options, and what the file states for those that are not given.
import { checkBoolean, checkInteger, checkOptions, checkWord } from "../arguments.ts";
import { NATIVE_DIRECTIONS, NATIVE_STRATEGIES, NO_TOKEN_LIMIT } from "../native/module.ts";
import type { EncodeOptions, TruncationOptions } from "./types.ts";

/** Options of one encoding, complete. */
export interface ResolvedOptions {
  addSpecialTokens: boolean;
  /** Infinity: no limit. */
  maxTokens: number;
  strategy: NonNullable<TruncationOptions["strategy"]>;
  direction: NonNullable<TruncationOptions["direction"]>;
  stride: number;
}

/** Answers `defaults` itself where nothing is given. */
export function resolveOptions(given: EncodeOptions | undefined, defaults: ResolvedOptions): ResolvedOptions {
  if (given === undefined) return defaults;
  const { addSpecialTokens, maxTokens, truncation } = checkOptions(given);
  checkBoolean(addSpecialTokens, "options.addSpecialTokens");
  if (maxTokens !== Number.POSITIVE_INFINITY) checkInteger(maxTokens, "options.maxTokens", 0, NO_TOKEN_LIMIT);
  const { strategy, direction, stride } = checkOptions(truncation, "options.truncation");
  checkWord(strategy, "options.truncation.strategy", NATIVE_STRATEGIES);
  checkWord(direction, "options.truncation.direction", NATIVE_DIRECTIONS);
  checkInteger(stride, "options.truncation.stride", 0, NO_TOKEN_LIMIT);
  return {
    addSpecialTokens: addSpecialTokens ?? defaults.addSpecialTokens,
    maxTokens: maxTokens ?? defaults.maxTokens,
    strategy: strategy ?? defaults.strategy,
    direction: direction ?? defaults.direction,
    stride: stride ?? defaults.stride,
  };
}
