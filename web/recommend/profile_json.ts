// A profile as JSON that a person can read.
import { KinvecError } from "../errors.ts";
import { isPlainObject } from "../realms.ts";
import type { ItemId } from "../search/index_vectors.ts";
import { EVENT_KINDS, type EventKind } from "./events.ts";
import { PROFILE_VERSION, type SavedEvent, type SavedProfile } from "./profile_file.ts";

/** A profile as `toJSON` answers it. */
export interface ProfileJson {
  format: "kinvec-profile";
  version: number;
  seed: number;
  halfLifeDays: number;
  maxBytes: number;
  /** By time, which is an ISO date. */
  events: (
    | { kind: EventKind; item: ItemId; at: string }
    | { kind: "describe"; text: string; at: string; vector: number[]; fingerprint: string }
  )[];
}

export function profileJson({ events, ...head }: SavedProfile): ProfileJson {
  return {
    format: "kinvec-profile",
    version: PROFILE_VERSION,
    ...head,
    events: events.map((event) => {
      const at = new Date(event.at).toISOString();
      if (event.kind !== "describe") return { kind: event.kind, item: event.item, at };
      const { values, fingerprint } = event.vector;
      return { kind: event.kind, text: event.text, at, vector: [...values], fingerprint };
    }),
  };
}

/** @throws KinvecError MODEL_FORMAT, MODEL_VERSION. */
export function parseProfile(json: unknown): SavedProfile {
  const given = typeof json === "string" ? parse(json) : json;
  if (!isPlainObject(given) || given.format !== "kinvec-profile") throw broken("it does not say that it is one");
  const { version, seed, halfLifeDays, maxBytes, events } = given;
  if (version !== PROFILE_VERSION) {
    throw new KinvecError("MODEL_VERSION", `the profile has version ${version}; this package reads ${PROFILE_VERSION}`);
  }
  if (![seed, halfLifeDays, maxBytes].every((value) => typeof value === "number") || !Array.isArray(events)) {
    throw broken("a part is missing");
  }
  const head = { seed, halfLifeDays, maxBytes } as Omit<SavedProfile, "events">;
  return { ...head, events: events.map(parseEvent) };
}

function parseEvent(given: unknown, index: number): SavedEvent {
  if (!isPlainObject(given) || typeof given.at !== "string") throw broken("an event has no time", index);
  const { kind, item, text, vector, fingerprint } = given;
  const at = Date.parse(given.at);
  if (kind === "describe") {
    const isByte = (value: unknown) => Number.isInteger(value) && Math.abs(value as number) <= 127;
    const isVector = Array.isArray(vector) && vector.length > 0 && vector.every(isByte);
    if (typeof text !== "string" || typeof fingerprint !== "string" || !isVector) {
      throw broken("a description lacks its text or vector", index);
    }
    return { kind, text, at, vector: { values: Int8Array.from(vector), fingerprint } };
  }
  if (!EVENT_KINDS.includes(kind as EventKind)) throw broken("an event has an unknown kind", index);
  if (typeof item !== "string" && typeof item !== "number") throw broken("an event has no item", index);
  return { kind: kind as EventKind, item, at };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new KinvecError("MODEL_FORMAT", "the text is no JSON", { cause });
  }
}

function broken(what: string, at?: number): KinvecError {
  return new KinvecError("MODEL_FORMAT", `this is no profile: ${what}`, { at });
}
