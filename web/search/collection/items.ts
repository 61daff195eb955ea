// Items at the door of a collection: their ids, texts and fields.
import { invalid, typeName } from "../../arguments.ts";
import { isPlainObject } from "../../realms.ts";
import type { ItemId } from "../index_vectors.ts";

/**
 * What a collection keeps: a text to search in, the id it is known by, and any other fields, of which the values are
 * those of JSON.
 */
export interface Item {
  /** A string or a finite number. */
  id: ItemId;
  text: string;
}

/** An item of which the fields are not known further. */
export interface AnyItem extends Item {
  [field: string]: unknown;
}

const kMostDepth = 100;

/** Copies of one item or many, which nothing can change. Refuses what JSON has not, and an id that is given twice. */
export function copyItems<T extends Item>(given: T | readonly T[]): readonly T[] {
  const ids = new Set<ItemId>();
  const list: readonly unknown[] = Array.isArray(given) ? given : [given];
  return list.map((item, i) => {
    if (!isPlainObject(item)) throw invalid(`items[${i}] must be an object with id and text, not ${typeName(item)}`, i);
    const { id, text } = item;
    if (typeof id !== "string" && !Number.isFinite(id)) {
      throw invalid(`items[${i}].id must be a string or a finite number, not ${typeName(id)}`, i);
    }
    if (ids.has(id as ItemId)) throw invalid(`items[${i}].id (${JSON.stringify(id)}) is given twice`, i);
    ids.add(id as ItemId);
    if (typeof text !== "string") throw invalid(`items[${i}].text must be a string, not ${typeName(text)}`, i);
    return copyJson(item, `items[${i}]`, i, 0) as T;
  });
}

/** As JSON would give it back: what is undefined in an object is left out. */
function copyJson(value: unknown, name: string, at: number, depth: number): unknown {
  if (typeof value === "string" || typeof value === "boolean" || value === null) return value;
  if (typeof value === "number" && Number.isFinite(value)) return value + 0; // JSON has no -0
  if (depth === kMostDepth) throw invalid(`${name} lies more than ${kMostDepth} deep`, at);
  if (Array.isArray(value)) {
    return Object.freeze(Array.from(value, (each, i) => copyJson(each, `${name}[${i}]`, at, depth + 1)));
  }
  if (!isPlainObject(value)) {
    const received = typeof value === "number" ? value : typeName(value);
    throw invalid(`${name} must be a value that JSON has, not ${received}`, at);
  }
  const fields = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.freeze(
    Object.fromEntries(fields.map(([key, each]) => [key, copyJson(each, `${name}.${key}`, at, depth + 1)])),
  );
}
