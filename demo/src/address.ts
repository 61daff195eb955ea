// What of the page's state stands in its address, so that a search or a program can be shared and the back button works.

export interface Address {
  query: string;
  section: string | undefined;
  /** Identifier of the program that is open. */
  app: string | undefined;
}

export function readAddress(): Address {
  const parameters = new URLSearchParams(location.search);
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
  const search = parameters.size > 0 ? `?${parameters}` : location.pathname;
  if (way === "push") history.pushState(null, "", search);
  else history.replaceState(null, "", search);
}
