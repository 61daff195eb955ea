// What of the page's state stands in its address, so that a search or a program can be shared and the back button works. It stands
// behind the "#": that part is never sent to any server, not even when the page is loaded anew.

export interface Address {
  query: string;
  section: string | undefined;
  /** Identifier of the program that is open. */
  app: string | undefined;
}

/** The address of one program. */
export const appAddress = (id: string): string => `#${new URLSearchParams({ app: id })}`;

/** @param place by default the page's; links that still have all behind "?" are read too */
export function readAddress({ hash, search }: Pick<Location, "hash" | "search"> = location): Address {
  const parameters = new URLSearchParams(hash.length > 1 ? hash.slice(1) : search);
  return {
    query: parameters.get("q") ?? "",
    section: parameters.get("section") ?? undefined,
    app: parameters.get("app") ?? undefined,
  };
}

/** @param way "push" makes a step that the back button undoes */
export function writeAddress({ query, section, app }: Address, way: "push" | "replace"): void {
  const parameters = new URLSearchParams();
  if (query) parameters.set("q", query);
  if (section) parameters.set("section", section);
  if (app) parameters.set("app", app);
  const address = parameters.size > 0 ? `${location.pathname}#${parameters}` : location.pathname;
  if (way === "push") history.pushState(null, "", address);
  else history.replaceState(null, "", address);
}
