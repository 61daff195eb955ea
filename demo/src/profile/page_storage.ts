// Where the page keeps what it should remember.

export type Storage = Pick<globalThis.Storage, "getItem" | "setItem" | "removeItem">;

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
