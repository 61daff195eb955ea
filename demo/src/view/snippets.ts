// Short programs with their titles: how to do the same in one's own page.
import { h } from "./dom.ts";

export interface Snippet {
  title: string;
  code: string;
}

export function showSnippets(container: HTMLElement, snippets: readonly Snippet[]): void {
  container.replaceChildren(
    ...snippets.map(({ title, code }) =>
      h("figure", {}, h("figcaption", {}, title), h("pre", { tabindex: 0 }, h("code", {}, code))),
    ),
  );
}
