// The catalogue as the page uses it: a light list at once, vectors beside it, descriptions when one is opened.
import catalogueUrl from "../../generated/catalogue.json?url";
import descriptionsUrl from "../../generated/descriptions.json?url";
import vectorsUrl from "../../generated/vectors.bin?url";
import { ItemVectors } from "./item_vectors.ts";

export interface Program {
  id: string;
  name: string;
  summary: string;
  /** The most telling one first; at least one. */
  sections: string[];
  keywords: string[];
  package?: string;
  homepage?: string;
  license?: string;
  /** 0 (unknown) to 1 (opens the first list). Programs stand in falling order of it. */
  prior: number;
  hasIcon: boolean;
  /** Degrees; absent where the icon is grey or there is none. */
  hue?: number;
}

/** A string is a paragraph, an array of strings a list. */
export type Block = string | string[];

export interface Catalogue {
  source: "debian" | "written";
  dimensions: number;
  icons: { tile: number; columns: number };
  sections: string[];
  programs: Program[];
}

async function fetchFile(url: string): Promise<Response> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${new URL(url, location.href).pathname} answered ${response.status}`);
  return response;
}

export async function loadCatalogue(): Promise<Catalogue> {
  return (await fetchFile(catalogueUrl)).json();
}

export async function loadItemVectors(dimensions: number): Promise<ItemVectors> {
  const bytes = await (await fetchFile(vectorsUrl)).arrayBuffer();
  return ItemVectors.fromInt8(new Int8Array(bytes), dimensions);
}

let descriptions: Promise<Block[][]> | undefined;

/** The description of one program. All arrive with the first; after a failure the next call tries again. */
export async function loadDescription(index: number): Promise<Block[]> {
  descriptions ??= fetchFile(descriptionsUrl).then((response) => response.json());
  try {
    return (await descriptions)[index] ?? [];
  } catch (error) {
    descriptions = undefined;
    throw error;
  }
}
