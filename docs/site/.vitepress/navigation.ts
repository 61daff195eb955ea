// What leads where: the bar at the top and the list at the side.
import type { DefaultTheme } from "vitepress";

type Links = Record<string, string>;

const quickStart: Links = {
  "All environments": "",
  "Plain page": "page",
  Vite: "vite",
  webpack: "webpack",
  Rollup: "rollup",
  esbuild: "esbuild",
  Parcel: "parcel",
  "Next.js": "next",
  "Node.js": "node",
  Deno: "deno",
  Bun: "bun",
  "Browser extension": "extension",
  Worker: "worker",
  "Service worker": "service-worker",
  "One file": "inline",
};

const guides: Links = {
  "Search by meaning": "search",
  "Search a notes folder": "notes-folder",
  Recommendations: "recommendations",
  "Shorter vectors": "shorter-vectors",
  "Counts and TF-IDF": "counts",
  "Word vectors": "word-vectors",
  "A domain's vocabulary": "domains",
  "Keep an index": "storage",
  "Long texts": "long-texts",
  "Keep a model": "cache",
  Workers: "workers",
  Tokenizers: "tokenizers",
  "Convert a model": "convert",
  "Static models": "static-models",
  Attention: "attention",
  Adapters: "adapters",
  "Command line": "command-line",
};

const reference: Links = {
  Models: "models",
  Options: "options",
  Errors: "errors",
  "The model file": "model-file",
  "The index file": "index-file",
  "The profile file": "profile-file",
  "The collection file": "collection-file",
};

const background: Links = {
  "How it works": "how-it-works",
  "Rungs compared": "rungs",
  "Sizes and speeds": "speed",
  Quality: "quality",
  "Privacy and policy": "privacy",
};

export function navigation(entries: readonly string[]): Pick<DefaultTheme.Config, "nav" | "sidebar"> {
  const api = Object.fromEntries(entries.map((entry) => [entry, entry]));
  return {
    nav: [
      { text: "Start", link: "/start", activeMatch: "^/(start|quick-start)" },
      { text: "Guides", link: "/guides/search", activeMatch: "^/guides/" },
      { text: "Options", link: "/options" },
      { text: "Errors", link: "/errors" },
      { text: "API", link: "/api/kinvec", activeMatch: "^/api/" },
    ],
    sidebar: [
      { text: "Start", link: "/start" },
      group("Quick start", "/quick-start/", quickStart),
      group("Guides", "/guides/", guides),
      group("Reference", "/", reference),
      group("API", "/api/", api),
      group("Background", "/", background),
    ],
  };
}

function group(text: string, base: string, links: Links): DefaultTheme.SidebarItem {
  const items = Object.entries(links).map(([title, page]) => ({ text: title, link: `${base}${page}` }));
  return { text, items, collapsed: false };
}
