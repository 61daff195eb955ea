// Checks of arguments at the door: what is wrong is said with its name, index and the type received, before the
// engine sees it.
import { KinvecError } from "./errors.ts";
import { isA, isDetached } from "./realms.ts";

/** The type of a value as a reader would name it: "null", "array", "Map", "number", "detached Uint8Array". */
export function typeName(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value !== "object") return typeof value;
  const name = value.constructor?.name && value.constructor !== Object ? value.constructor.name : "object";
  return isDetached(value) ? `detached ${name}` : name;
}

export function invalid(message: string, at?: number): KinvecError {
  return new KinvecError("INVALID_ARGUMENT", message, { at });
}

/** One text or many, as a list. */
export function checkTexts(texts: unknown, name = "texts"): readonly string[] {
  if (typeof texts === "string") return [texts];
  if (!Array.isArray(texts)) throw invalid(`${name} must be a string or an array of strings, not ${typeName(texts)}`);
  for (const [index, text] of texts.entries()) {
    if (typeof text !== "string") throw invalid(`${name}[${index}] must be a string, not ${typeName(text)}`, index);
  }
  // Copied, so that the caller may change the array while the call waits for its turn.
  return texts.slice();
}

export function checkText(text: unknown): string {
  if (typeof text !== "string") throw invalid(`text must be a string, not ${typeName(text)}`);
  return text;
}

/** An options object, or nothing. */
export function checkOptions<T extends object>(options: T | undefined, name = "options"): T {
  if (options === undefined) return {} as T;
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    throw invalid(`${name} must be an object, not ${typeName(options)}`);
  }
  const signal = (options as { signal?: unknown }).signal;
  if (signal !== undefined && !isAbortSignal(signal)) {
    throw invalid(`${name}.signal must be an AbortSignal, not ${typeName(signal)}`);
  }
  const onProgress = (options as { onProgress?: unknown }).onProgress;
  if (onProgress !== undefined && typeof onProgress !== "function") {
    throw invalid(`${name}.onProgress must be a function, not ${typeName(onProgress)}`);
  }
  return options;
}

// By shape, since a signal may come from another realm (a frame, a test environment).
function isAbortSignal(value: unknown): boolean {
  return typeof value === "object" && value !== null && "aborted" in value && "addEventListener" in value;
}

/** One of a list of words, or nothing. */
export function checkWord<T extends string>(value: T | undefined, name: string, words: readonly T[]): void {
  if (value === undefined || words.includes(value)) return;
  const received = typeof value === "string" ? JSON.stringify(value) : typeName(value);
  throw invalid(`${name} must be one of ${words.map((word) => JSON.stringify(word)).join(", ")}, not ${received}`);
}

/** A string or URL, or nothing. */
export function checkUrl(value: unknown, name: string): void {
  if (value === undefined || typeof value === "string" || isA(value, "URL")) return;
  throw invalid(`${name} must be a string or URL, not ${typeName(value)}`);
}

export function checkBoolean(value: unknown, name: string): void {
  if (value !== undefined && typeof value !== "boolean") {
    throw invalid(`${name} must be true or false, not ${typeName(value)}`);
  }
}

/** An integer within [least, most], or nothing. */
export function checkInteger(value: unknown, name: string, least: number, most: number): void {
  if (value === undefined) return;
  if (typeof value !== "number") throw invalid(`${name} must be a number, not ${typeName(value)}`);
  if (!Number.isInteger(value) || value < least || value > most) {
    throw invalid(`${name} must be an integer from ${least} to ${most}, not ${value}`);
  }
}
