// The catalogue as the page uses it: a light list and where its items lie on the map. Vectors and descriptions, the greater part, are
// the worker's.
import catalogueUrl from "../../generated/catalogue.json?url";
import mapUrl from "../../generated/map.bin?url";

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

/** @throws Error with the file's path if the answer is not 200, TypeError if the network fails */
export async function fetchFile(url: string): Promise<Response> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${new URL(url, location.href).pathname} answered ${response.status}`);
  return response;
}

export async function loadCatalogue(): Promise<Catalogue> {
  return (await fetchFile(catalogueUrl)).json();
}

/** Where each program lies on the map: [programs, 2], x and y from 0 to 65535. */
export async function loadMap(): Promise<Uint16Array> {
  return new Uint16Array(await (await fetchFile(mapUrl)).arrayBuffer());
}
