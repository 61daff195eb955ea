// A JSON object from outside, read key by key with its type checked. Faults name the file and the key.
import { typeName } from "../arguments.ts";
import { KinvecError } from "../errors.ts";
import type { OpenFolder } from "../platform/platform.ts";
import { readText } from "../source/random_access.ts";

export class JsonObject {
  /** For messages, for example "tokenizer.json: model". */
  readonly name: string;
  readonly values: Readonly<Record<string, unknown>>;

  constructor(name: string, value: unknown) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw new KinvecError("MODEL_FORMAT", `${name} must be an object, not ${typeName(value)}`);
    }
    this.name = name;
    this.values = value as Record<string, unknown>;
  }

  /** The value as it stands; undefined for absent and null alike. */
  value(key: string): unknown {
    return (Object.hasOwn(this.values, key) ? this.values[key] : undefined) ?? undefined;
  }

  has(key: string): boolean {
    return this.value(key) !== undefined;
  }

  keys(): string[] {
    return Object.keys(this.values);
  }

  object(key: string): JsonObject {
    return new JsonObject(`${this.name}: ${key}`, this.value(key));
  }

  list(key: string): unknown[] {
    const value = this.value(key);
    if (!Array.isArray(value)) throw this.#fault(key, "an array", value);
    return value;
  }

  objects(key: string): JsonObject[] {
    return Array.from(this.list(key), (item, i) => new JsonObject(`${this.name}: ${key}[${i}]`, item));
  }

  string(key: string): string;
  string(key: string, fallback: string | undefined): string | undefined;
  string(key: string, ...fallback: [] | [string | undefined]): string | undefined {
    const value = this.value(key);
    if (value === undefined && fallback.length > 0) return fallback[0];
    if (typeof value !== "string") throw this.#fault(key, "a string", value);
    return value;
  }

  boolean(key: string, fallback?: boolean): boolean {
    const value = this.value(key);
    if (value === undefined && fallback !== undefined) return fallback;
    if (typeof value !== "boolean") throw this.#fault(key, "true or false", value);
    return value;
  }

  number(key: string): number {
    const value = this.value(key);
    if (typeof value !== "number") throw this.#fault(key, "a number", value);
    return value;
  }

  /** An integer in [least, most]. */
  integer(key: string, least: number, most: number): number {
    const value = this.number(key);
    if (!Number.isInteger(value) || value < least || value > most) {
      throw this.#fault(key, `an integer from ${least} to ${most}`, value);
    }
    return value;
  }

  #fault(key: string, expected: string, value: unknown): KinvecError {
    const received = typeof value === "number" ? String(value) : typeName(value);
    return new KinvecError("MODEL_FORMAT", `${this.name}: "${key}" must be ${expected}, not ${received}`);
  }
}

/** A value for a message. JSON.stringify would run out of stack on lists in lists, of which a file may have any number. */
export function shown(value: unknown): string {
  return typeof value === "object" && value !== null ? typeName(value) : String(JSON.stringify(value));
}

/** Parses a file of the folder, if it is there. */
export async function readJson(folder: OpenFolder, path: string): Promise<unknown> {
  const file = folder.get(path);
  if (!file) return undefined;
  const text = await readText(file);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new KinvecError("MODEL_FORMAT", `${path} is not valid JSON`, { cause });
  }
}

/** A JSON object that must be there. */
export async function requireJsonObject(folder: OpenFolder, path: string): Promise<JsonObject> {
  const value = await readJson(folder, path);
  if (value === undefined) throw new KinvecError("MODEL_FORMAT", `the folder has no ${path}`);
  return new JsonObject(path, value);
}

/** A JSON object, or an empty one if the file is not there. */
export async function readJsonObject(folder: OpenFolder, path: string): Promise<JsonObject> {
  return new JsonObject(path, (await readJson(folder, path)) ?? {});
}
