// Which items a search may find, by their fields.
import { invalid, typeName } from "../../arguments.ts";
import { isPlainObject } from "../../realms.ts";
import type { Item } from "./items.ts";

/** A value that a field is compared with. */
export type Scalar = string | number | boolean | null;

/** What is asked of one field; of several, all. */
export interface Condition {
  /** Is this. */
  eq?: Scalar | undefined;
  /** Is anything else, or not there. */
  ne?: Scalar | undefined;
  /** Is one of these. */
  in?: readonly Scalar[] | undefined;
  /** Is above: numbers are compared with numbers, strings with strings, by their UTF-16 units. */
  gt?: number | string | undefined;
  /** Is this or above. */
  gte?: number | string | undefined;
  /** Is below. */
  lt?: number | string | undefined;
  /** Is this or below. */
  lte?: number | string | undefined;
  /** Is there, or with `false` is not. */
  exists?: boolean | undefined;
}

/**
 * Conditions by field, all of which must hold; a plain value stands for `{ eq: value }`. Where a field is an array, one of
 * its elements is enough; for `ne` none may be the value.
 */
export type FieldFilter = Readonly<Record<string, Scalar | Condition>>;

/** Which items: conditions, or a function that answers true or false. */
export type Where<T extends Item> = FieldFilter | ((item: T) => boolean);

type Test = (value: unknown) => boolean; // of a field, which may not be there

const isScalar = (value: unknown): value is Scalar =>
  value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean";

const elements = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];

const equals =
  (given: Scalar): Test =>
  (value) =>
    elements(value).includes(given);

/** One of the field's values is of the same type and compares so. */
const compares = (given: number | string, holds: (order: number) => boolean): Test => {
  const order = (value: number | string) => (value < given ? -1 : value > given ? 1 : 0);
  return (value) => elements(value).some((each) => typeof each === typeof given && holds(order(each as typeof given)));
};

/** The tests that conditions name, or undefined for a value that they do not take. */
const kTests: Record<keyof Condition, (given: unknown) => Test | undefined> = {
  eq: (given) => (isScalar(given) ? equals(given) : undefined),
  ne: (given) => {
    if (!isScalar(given)) return undefined;
    const same = equals(given);
    return (value) => !same(value);
  },
  in: (given) => {
    if (!Array.isArray(given) || !given.every(isScalar)) return undefined;
    const wanted = new Set<unknown>(given);
    return (value) => elements(value).some((each) => wanted.has(each));
  },
  gt: (given) => (isOrdered(given) ? compares(given, (order) => order > 0) : undefined),
  gte: (given) => (isOrdered(given) ? compares(given, (order) => order >= 0) : undefined),
  lt: (given) => (isOrdered(given) ? compares(given, (order) => order < 0) : undefined),
  lte: (given) => (isOrdered(given) ? compares(given, (order) => order <= 0) : undefined),
  exists: (given) => (typeof given === "boolean" ? (value) => (value !== undefined) === given : undefined),
};

function isOrdered(given: unknown): given is number | string {
  return typeof given === "string" || (typeof given === "number" && !Number.isNaN(given));
}

/** The test that `where` describes, or undefined if it is none. Throws INVALID_ARGUMENT. */
export function compileWhere<T extends Item>(where: Where<T> | undefined): ((item: T) => boolean) | undefined {
  if (where === undefined) return undefined;
  if (typeof where === "function") return (item) => answerOf(where(item));
  if (!isPlainObject(where)) throw invalid(`options.where must be an object or a function, not ${typeName(where)}`);
  const tests = Object.entries(where).flatMap(([field, condition]) =>
    testsOf(field, condition).map((test) => [field, test] as const),
  );
  return (item) =>
    tests.every(([field, test]) => test(Object.hasOwn(item, field) ? (item as AnyFields)[field] : undefined));
}

type AnyFields = Record<string, unknown>;

function testsOf(field: string, condition: unknown): Test[] {
  if (isScalar(condition)) return [equals(condition)];
  const name = `options.where.${field}`;
  if (!isPlainObject(condition)) throw invalid(`${name} must be a value or conditions, not ${typeName(condition)}`);
  return Object.entries(condition)
    .filter(([, given]) => given !== undefined)
    .map(([operator, given]) => {
      if (!Object.hasOwn(kTests, operator)) {
        throw invalid(`${name}.${operator} is no condition; there are ${Object.keys(kTests).join(", ")}`);
      }
      const test = kTests[operator as keyof Condition](given);
      if (!test) throw invalid(`${name}.${operator} cannot be ${typeName(given)}`);
      return test;
    });
}

/** A promise would always be true. */
function answerOf(answer: unknown): boolean {
  if (typeof answer === "boolean") return answer;
  throw invalid(`options.where must answer true or false, not ${typeName(answer)}`);
}
