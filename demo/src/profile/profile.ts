// What a person told this page, kept in this browser and nowhere else.

export type Verdict = "like" | "dislike";

export interface ProfileEvent {
  /** The program's identifier. */
  id: string;
  verdict: Verdict;
  /** Milliseconds since 1970. */
  at: number;
}

type Storage = Pick<globalThis.Storage, "getItem" | "setItem" | "removeItem">;

const KEY = "kinvec-demo.profile";
const VERSION = 1;
const MOST_EVENTS = 500; // some 40 kB; the oldest give way

function isEvent(value: unknown): value is ProfileEvent {
  const event = value as ProfileEvent | null;
  return (
    typeof event?.id === "string" &&
    (event.verdict === "like" || event.verdict === "dislike") &&
    Number.isFinite(event.at)
  );
}

/** The stored events; none where nothing readable is stored. */
function read(storage: Storage): ProfileEvent[] {
  try {
    const stored = JSON.parse(storage.getItem(KEY) ?? "null");
    return stored?.version === VERSION && Array.isArray(stored.events) ? stored.events.filter(isEvent) : [];
  } catch {
    return [];
  }
}

/** At most one event per program, oldest first. */
export class Profile {
  #events: ProfileEvent[];
  readonly #storage: Storage;
  readonly #now: () => number;

  constructor(storage: Storage, now: () => number = Date.now) {
    this.#storage = storage;
    this.#now = now;
    this.#events = read(storage);
  }

  get events(): readonly ProfileEvent[] {
    return this.#events;
  }

  verdictOf(id: string): Verdict | undefined {
    return this.#events.find((event) => event.id === id)?.verdict;
  }

  /** Says something about a program, in place of what was said before. */
  judge(id: string, verdict: Verdict): void {
    const others = this.#events.filter((event) => event.id !== id);
    this.#save([...others, { id, verdict, at: this.#now() }].slice(-MOST_EVENTS));
  }

  forget(id: string): void {
    this.#save(this.#events.filter((event) => event.id !== id));
  }

  forgetAll(): void {
    this.#save([]);
  }

  /** Exactly what is stored; empty if nothing is. */
  stored(): string {
    return this.#events.length > 0 ? JSON.stringify({ version: VERSION, events: this.#events }) : "";
  }

  #save(events: ProfileEvent[]): void {
    this.#events = events;
    try {
      if (events.length > 0) this.#storage.setItem(KEY, this.stored());
      else this.#storage.removeItem(KEY);
    } catch {
      // Storage is full or forbidden: the page goes on, and forgets when it is closed.
    }
  }
}

/** The browser's storage, or where a page may have none, one that lasts as long as the page. */
export function pageStorage(): Storage {
  try {
    return globalThis.localStorage;
  } catch {
    const values = new Map<string, string>();
    return {
      getItem: (key) => values.get(key) ?? null,
      setItem: (key, value) => void values.set(key, value),
      removeItem: (key) => void values.delete(key),
    };
  }
}
