// The entries of WordNet that the page brings along: "dog, domestic dog: a member of the genus Canis ...", one a line.
import { loadKept } from "../../search/model_cache.ts";

export function loadEntries(url: string): Promise<string[]> {
  return loadKept(url, async (file) => {
    if (!file.ok) throw new Error(`${new URL(url).pathname} answered ${file.status}`);
    return (await file.text()).split("\n");
  });
}
