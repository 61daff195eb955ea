// Names of kept files: readable, and different for different addresses.

const kMostCharacters = 80;

/** The last part of the address and a hash of all of it. */
export function fileNameOf(url: string): string {
  const path = url.replace(/[?#].*$/, "");
  const last = path.slice(path.lastIndexOf("/") + 1).replace(/[^\w.-]+/g, "_");
  return `${hash(url)}-${last.slice(-kMostCharacters) || "model"}`;
}

/** FNV-1a over UTF-16 units, twice 32 bits; who may write another's files needs no collision. */
function hash(text: string): string {
  let [a, b] = [0x811c9dc5, 0x01000193];
  for (let i = 0; i < text.length; i++) {
    a = Math.imul(a ^ text.charCodeAt(i), 0x01000193);
    b = Math.imul(b ^ text.charCodeAt(i), 0x85ebca6b);
  }
  return [a, b].map((half) => (half >>> 0).toString(16).padStart(8, "0")).join("");
}

/** What is written beside a kept file. */
export interface Label {
  url: string;
  length: number;
  etag?: string | undefined;
  lastModified?: string | undefined;
}

/** The label of this address in `text`, if that is what it holds. */
export function readLabel(text: string, url: string): Label | undefined {
  try {
    const label = JSON.parse(text) as Partial<Label> | null;
    return label?.url === url && typeof label.length === "number" ? (label as Label) : undefined;
  } catch {
    return undefined;
  }
}
