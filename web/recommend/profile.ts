// What a person did and said, kept on their machine. It holds events, not vectors of items: what follows from them is
// worked out when recommending, so that an event that is forgotten leaves nothing behind.
import { checkInteger, checkOptions, checkText, invalid, typeName } from "../arguments.ts";
import { KinvecError } from "../errors.ts";
import { isA } from "../realms.ts";
import type { EmbeddedVectors, IndexVector, ItemId } from "../search/index_vectors.ts";
import {
  checkItem,
  checkKind,
  checkTime,
  type Description,
  type EventChange,
  type ItemEvent,
  type NewEvent,
  type PackedVector,
  type ProfileEvent,
  packVector,
} from "./events.ts";
import { bytesOf, EMPTY_BYTES, readProfile, type SavedEvent, type SavedProfile, writeProfile } from "./profile_file.ts";
import { type ProfileJson, parseProfile, profileJson } from "./profile_json.ts";
import { HALF_LIFE_DAYS, KIND_WEIGHTS } from "./settings.ts";

/** Options of a `Profile`. */
export interface ProfileOptions {
  /** Whence the random numbers of exploration come, 0 to 2^32 − 1; default 0. Same seed and events, same list. */
  seed?: number | undefined;
  /** Days after which an event counts half, above 0; default 30. */
  halfLifeDays?: number | undefined;
  /** Most bytes of the saved profile, 1024 to 2^24; default 65536. Beyond, the faintest events give way. */
  maxBytes?: number | undefined;
}

/** An event and what belongs to it. */
interface Entry {
  readonly event: ProfileEvent;
  /** Of a description. */
  readonly vector?: PackedVector;
  readonly bytes: number;
}

const kDay = 86_400_000;
const kLeastBytes = 1024;
const kMostBytes = 2 ** 24;
const kMostTextLength = 4096;

/**
 * A person's profile: what they did with items and said about themselves. It can be seen, edited, forgotten in part or
 * whole, and taken elsewhere. Nothing in it leaves the page unless you send it.
 *
 * @example
 * ```js
 * import { Profile } from "kinvec/recommend";
 * const profile = new Profile();
 * profile.record({ item: "tea", kind: "like" });
 * const seen = profile.record({ item: "coffee", kind: "view" });
 * profile.forget(seen.id); // true: as if it had never been
 * localStorage.profile = JSON.stringify(profile);
 * ```
 */
export class Profile {
  readonly seed: number;
  readonly halfLifeDays: number;
  readonly maxBytes: number;
  #entries: Entry[] = []; // by time, then as they came
  #nextId = 1;
  #bytes = EMPTY_BYTES;

  /** @throws KinvecError INVALID_ARGUMENT. */
  constructor(options?: ProfileOptions) {
    const { seed = 0, halfLifeDays = HALF_LIFE_DAYS, maxBytes = 65536 } = checkOptions(options);
    checkInteger(seed, "options.seed", 0, 2 ** 32 - 1);
    checkInteger(maxBytes, "options.maxBytes", kLeastBytes, kMostBytes);
    if (typeof halfLifeDays !== "number" || !(halfLifeDays > 0 && halfLifeDays < Infinity)) {
      const received = typeof halfLifeDays === "number" ? halfLifeDays : typeName(halfLifeDays);
      throw invalid(`options.halfLifeDays must be a finite number above 0, not ${received}`);
    }
    this.seed = seed;
    this.halfLifeDays = halfLifeDays;
    this.maxBytes = maxBytes;
  }

  /** All events, by time. */
  get events(): readonly ProfileEvent[] {
    return this.#entries.map(({ event }) => event);
  }

  /** Number of events. */
  get size(): number {
    return this.#entries.length;
  }

  /** Bytes that `save` would answer. */
  get byteLength(): number {
    return this.#bytes;
  }

  /**
   * Remembers what a person did with an item. Each event counts on its own: an item that was viewed twice and then
   * liked has three.
   *
   * @throws KinvecError INVALID_ARGUMENT.
   *
   * @example
   * ```js
   * profile.record({ item: "tea", kind: "save", at: new Date("2026-05-01") });
   * ```
   */
  record(event: NewEvent): ItemEvent {
    if (event === undefined) throw invalid("event is missing");
    const { item, kind, at } = checkOptions(event, "event");
    const fresh = { item: checkItem(item), kind: checkKind(kind), at: checkTime(at) };
    return this.#insert(fresh) as ItemEvent;
  }

  /**
   * Remembers a sentence that a person says about themselves, with its vector by the model of the index. It counts as
   * an item that they like. The vector is kept at 8 bits per dimension.
   *
   * @throws KinvecError INVALID_ARGUMENT, DIMENSION_MISMATCH.
   *
   * @example
   * ```js
   * const text = "I like long walks and quiet films";
   * profile.describe(text, await model.embed(text, { role: "query" }));
   * ```
   */
  describe(text: string, vector: IndexVector | EmbeddedVectors, options?: { at?: number | Date }): Description {
    if (checkText(text).length > kMostTextLength) throw invalid(`text is longer than ${kMostTextLength} characters`);
    const { at } = checkOptions(options);
    return this.#insert({ kind: "describe", text, at: checkTime(at), vector: packVector(vector) }) as Description;
  }

  /** Forgets one event: all is as if it had never been. Answers whether it was there. */
  forget(eventId: number): boolean {
    return this.#remove(({ event }) => event.id === eventId) > 0;
  }

  /** Forgets all events of an item, and answers how many there were. */
  forgetItem(item: ItemId): number {
    return this.#remove(({ event }) => event.kind !== "describe" && event.item === item);
  }

  /**
   * Changes the kind or time of an event, and answers the changed event, which keeps its id; undefined if it is not
   * there.
   *
   * @throws KinvecError INVALID_ARGUMENT, also for another kind of a description.
   *
   * @example
   * ```js
   * profile.edit(event.id, { kind: "dislike" });
   * ```
   */
  edit(eventId: number, change: EventChange): ProfileEvent | undefined {
    const { kind, at } = checkOptions(change, "change");
    const checkedKind = kind === undefined ? undefined : checkKind(kind);
    const checkedAt = at === undefined ? undefined : checkTime(at);
    const entry = this.#entries.find(({ event }) => event.id === eventId);
    if (entry === undefined) return undefined;
    const { event } = entry;
    if (event.kind === "describe" && checkedKind !== undefined) throw invalid("a description has no other kind");
    const changed = Object.freeze({ ...event, kind: checkedKind ?? event.kind, at: checkedAt ?? event.at });
    this.#remove((each) => each === entry);
    this.#place({ ...entry, event: changed as ProfileEvent });
    return changed as ProfileEvent;
  }

  /** Forgets everything. */
  clear(): void {
    this.#remove(() => true);
  }

  /**
   * The profile as bytes, which `Profile.load` takes; at most `maxBytes`. What was forgotten is not in them.
   *
   * @example
   * ```js
   * const profile = Profile.load(other.save());
   * ```
   */
  save(): Uint8Array<ArrayBuffer> {
    return writeProfile(this.#saved());
  }

  /**
   * A profile from its bytes. The events are there as they were, numbered anew.
   *
   * @throws KinvecError MODEL_FORMAT for what is no profile, MODEL_VERSION, MODEL_HASH if it is damaged,
   *   INVALID_ARGUMENT for what are no bytes.
   */
  static load(bytes: Uint8Array | ArrayBuffer): Profile {
    if (!isA(bytes, "Uint8Array", "ArrayBuffer")) {
      throw invalid(`bytes must be a Uint8Array or ArrayBuffer, not ${typeName(bytes)}`);
    }
    return Profile.#restore(readProfile(isA(bytes, "ArrayBuffer") ? new Uint8Array(bytes) : bytes));
  }

  /**
   * The profile for people to read and take along; `JSON.stringify(profile)` calls it.
   *
   * @example
   * ```js
   * const copy = Profile.fromJSON(JSON.parse(JSON.stringify(profile)));
   * ```
   */
  toJSON(): ProfileJson {
    return profileJson(this.#saved());
  }

  /**
   * A profile from what `toJSON` answered, as an object or as text.
   *
   * @throws KinvecError MODEL_FORMAT, MODEL_VERSION.
   */
  static fromJSON(json: ProfileJson | string): Profile {
    return Profile.#restore(parseProfile(json));
  }

  /** @internal Of a description. */
  vectorOf(eventId: number): PackedVector | undefined {
    return this.#entries.find(({ event }) => event.id === eventId)?.vector;
  }

  /** Checks the values of a file as a stranger's. */
  static #restore({ events, ...options }: SavedProfile): Profile {
    try {
      const profile = new Profile(options);
      for (const saved of events) {
        checkTime(saved.at);
        if (saved.kind !== "describe") checkItem(saved.item);
        profile.#place(profile.#entryOf(saved));
      }
      if (profile.#bytes > profile.maxBytes) throw invalid(`it has ${profile.#bytes} bytes`);
      return profile;
    } catch (error) {
      throw new KinvecError("MODEL_FORMAT", `no profile has such values: ${(error as Error).message}`);
    }
  }

  #saved(): SavedProfile {
    const { seed, halfLifeDays, maxBytes } = this;
    const events = this.#entries.map(({ event, vector }) => {
      const { id: _, ...rest } = event;
      return (vector ? { ...rest, vector } : rest) as SavedEvent;
    });
    return { seed, halfLifeDays, maxBytes, events };
  }

  #entryOf(saved: SavedEvent): Entry {
    const bytes = bytesOf(saved);
    if (saved.kind !== "describe") {
      return { bytes, event: Object.freeze({ id: this.#nextId++, ...saved }) };
    }
    const { vector, ...rest } = saved;
    return { bytes, vector, event: Object.freeze({ id: this.#nextId++, ...rest }) };
  }

  #insert(saved: SavedEvent): ProfileEvent {
    const bytes = bytesOf(saved);
    const most = (this.maxBytes - EMPTY_BYTES) / 2;
    if (bytes > most) throw invalid(`the event takes ${bytes} bytes, and a profile of ${this.maxBytes} takes ${most}`);
    const entry = this.#entryOf(saved);
    while (this.#bytes + bytes > this.maxBytes) this.#dropFaintest();
    this.#place(entry);
    return entry.event;
  }

  #place(entry: Entry): void {
    const { at, id } = entry.event;
    const later = ({ event }: Entry) => event.at > at || (event.at === at && event.id > id);
    const position = this.#entries.findLastIndex((each) => !later(each)) + 1;
    this.#entries.splice(position, 0, entry);
    this.#bytes += entry.bytes;
  }

  #remove(which: (entry: Entry) => boolean): number {
    const before = this.#entries.length;
    this.#entries = this.#entries.filter((entry) => !which(entry));
    this.#bytes = this.#entries.reduce((sum, each) => sum + each.bytes, EMPTY_BYTES);
    return before - this.#entries.length;
  }

  /** The event that counts least, whenever one looks; of equals, the oldest. */
  #dropFaintest(): void {
    const log2Weight = ({ kind, at }: ProfileEvent) =>
      Math.log2(Math.abs(KIND_WEIGHTS[kind])) + at / (this.halfLifeDays * kDay);
    let faintest = this.#entries[0] as Entry;
    for (const entry of this.#entries) if (log2Weight(entry.event) < log2Weight(faintest.event)) faintest = entry;
    this.#remove((entry) => entry === faintest);
  }
}
