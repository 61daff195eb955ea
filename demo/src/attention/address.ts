// What is on view stands in the part of the address after "#", so that it can be shared; browsers send that part to no server.
// Layers, heads and tokens count from 1 there, as on the page.

export interface View {
  text: string;
  layer: number;
  head: number;
  /** The chosen token; undefined: all of them. */
  token: number | undefined;
}

const NAMES = ["layer", "head", "token"] as const;

/** @param hash with or without its "#"; what cannot be read in it is left out */
export function readView(hash: string): Partial<View> {
  const parameters = new URLSearchParams(hash.replace(/^#/, ""));
  const view: Partial<View> = {};
  const text = parameters.get("text");
  if (text !== null) view.text = text;
  for (const name of NAMES) {
    const value = parameters.get(name);
    if (value !== null && /^[1-9]\d{0,3}$/.test(value)) view[name] = Number(value) - 1;
  }
  return view;
}

/** @returns the hash, with its "#" */
export function writeView({ text, layer, head, token }: View): string {
  const parameters = new URLSearchParams({ text, layer: String(layer + 1), head: String(head + 1) });
  if (token !== undefined) parameters.set("token", String(token + 1));
  return `#${parameters}`;
}
