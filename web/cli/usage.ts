// Command-line arguments, parsed by Node.js itself; what is wrong with them is a UsageError.
import { type ParseArgsConfig, parseArgs } from "node:util";

/** The program was called wrongly; `usage` says how it is to be called. */
export class UsageError extends Error {
  readonly usage: string;

  constructor(message: string, usage: string) {
    super(message);
    this.usage = usage;
  }
}

type Options = NonNullable<ParseArgsConfig["options"]>;
type Parsed<T extends Options> = ReturnType<typeof parseArgs<{ options: T; allowPositionals: true; strict: true }>>;

/** Options and positional arguments, at least `least` and at most `most` of the latter. */
export function parse<T extends Options>(
  args: string[],
  options: T,
  usage: string,
  least: number,
  most: number,
): Parsed<T> {
  const parsed = tryParse(args, options, usage);
  const count = parsed.positionals.length;
  if (count < least) throw new UsageError("an argument is missing", usage);
  if (count > most) throw new UsageError(`there is one argument too many: "${parsed.positionals[most]}"`, usage);
  return parsed;
}

function tryParse<T extends Options>(args: string[], options: T, usage: string): Parsed<T> {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), usage);
  }
}

/** One of the words an option takes. */
export function oneOf<const T extends string>(value: string, words: readonly T[], option: string, usage: string): T {
  if (words.includes(value as T)) return value as T;
  throw new UsageError(`--${option} must be one of ${words.join(", ")}, not "${value}"`, usage);
}

/** An integer within [least, most]. */
export function integer(value: string, least: number, most: number, option: string, usage: string): number {
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new UsageError(`--${option} must be an integer from ${least} to ${most}, not "${value}"`, usage);
}
