// What is on view stands in the part of the address after "#", so that it can be shared; browsers send that part to no server.
import { isRungKey, RUNG_KEYS, type RungKey } from "./rungs/rungs.ts";
import type { Layout } from "./worker/protocol.ts";

export interface View {
  text: string;
  rungs: RungKey[];
  analogy: [a: string, b: string, c: string];
  /** The rung that the map shows. */
  map: RungKey;
  layout: Layout;
  word: string;
  sentences: string[];
}

const LAYOUTS: readonly Layout[] = ["pca", "umap"];
export const MOST_SENTENCES = 5;

/** @param hash with or without its "#"; what cannot be read in it is left out */
export function readView(hash: string): Partial<View> {
  const parameters = new URLSearchParams(hash.replace(/^#/, ""));
  const view: Partial<View> = {};
  const [text, word, map, layout] = ["text", "word", "map", "layout"].map((name) => parameters.get(name));
  if (text) view.text = text;
  if (word) view.word = word;
  if (map && isShareable(map)) view.map = map;
  const found = LAYOUTS.find((each) => each === layout);
  if (found) view.layout = found;
  const named = parameters.get("rungs")?.split(",") ?? [];
  const rungs = RUNG_KEYS.filter((key) => named.includes(key));
  if (rungs.length > 0) view.rungs = rungs;
  const [a, b, c, ...more] = parameters.getAll("analogy");
  if (a !== undefined && b !== undefined && c !== undefined && more.length === 0) view.analogy = [a, b, c];
  const sentences = parameters.getAll("sentence").slice(0, MOST_SENTENCES);
  if (sentences.length > 1) view.sentences = sentences;
  return view;
}

/** What somebody trained is nowhere but on their page. */
const isShareable = (key: string): key is RungKey => isRungKey(key) && key !== "own";

/** @returns the hash, with its "#" */
export function writeView({ text, rungs, analogy, map, layout, word, sentences }: View): string {
  const parameters = new URLSearchParams({ text, rungs: rungs.filter(isShareable).join(",") });
  for (const each of analogy) parameters.append("analogy", each);
  if (isShareable(map)) parameters.set("map", map);
  parameters.set("layout", layout);
  parameters.set("word", word);
  for (const sentence of sentences) parameters.append("sentence", sentence);
  return `#${parameters}`;
}
