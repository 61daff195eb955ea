// Vectors as pgvector's types vector and halfvec write and read them: "[1,2.5,-3]".
import { invalid, typeName } from "../arguments.ts";
import { KinvecError } from "../errors.ts";
import type { IndexVector } from "../search/index_vectors.ts";
import { checkNumbers } from "./matrix.ts";

/**
 * The text of a vector for pgvector: each number with as few digits as give the same 32 bits again.
 *
 * @throws KinvecError INVALID_ARGUMENT for a number that is not finite, which pgvector has none of.
 *
 * @example
 * ```js
 * await sql.query("select id from items order by vector <=> $1 limit 5", [toPgvector(query.vectors[0])]);
 * ```
 */
export function toPgvector(vector: IndexVector): string {
  checkNumbers(vector, "vector");
  const numbers = Array.from(vector, (value, i) => {
    const float = Math.fround(value);
    if (Number.isFinite(float)) return shortest(float);
    throw invalid(`vector[${i}] is ${value}, not a finite number`);
  });
  return `[${numbers.join(",")}]`;
}

/**
 * The vector that pgvector's text stands for, with the same bits.
 *
 * @throws KinvecError INVALID_ARGUMENT if it is no string, MODEL_FORMAT if it is none of pgvector's; `at` is the index of
 *   the number.
 */
export function fromPgvector(text: string): Float32Array {
  if (typeof text !== "string") throw invalid(`text must be a string, not ${typeName(text)}`);
  const inner = /^\s*\[([^[\]]*)\]\s*$/.exec(text)?.[1];
  if (inner === undefined) throw new KinvecError("MODEL_FORMAT", "the text of a vector must stand in brackets");
  return Float32Array.from(inner.split(","), (part, at) => {
    const value = Math.fround(Number(part));
    if (/^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i.test(part) && Number.isFinite(value)) return value;
    throw new KinvecError("MODEL_FORMAT", `"${part.slice(0, 40)}" is no number of a vector`, { at });
  });
}

const kSmallestNormal = 2 ** -126;
// All numbers of six digits differ as floats, and nine tell all floats apart.
const kSurelyDistinct = 6;
const kEnough = 9;

/** The fewest digits that are read as this float, and as no other. */
function shortest(float: number): string {
  if (Object.is(float, -0)) return "-0";
  let digits = Math.abs(float) < kSmallestNormal ? 1 : kSurelyDistinct;
  for (; digits < kEnough; digits++) {
    const decimal = Number(float.toPrecision(digits));
    if (Math.fround(decimal) === float && !isMidpoint(decimal, float)) break;
  }
  return String(Number(float.toPrecision(digits)));
}

/**
 * Whether a number lies just between two floats. What looks so as a double may, in all its digits, be nearer to the
 * other one.
 */
function isMidpoint(decimal: number, float: number): boolean {
  const other = 2 * decimal - float;
  return decimal !== float && Math.fround(other) === other;
}
