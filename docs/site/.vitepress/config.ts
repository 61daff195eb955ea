import path from "node:path";
import { defineConfig } from "vitepress";
import { entries } from "../entries.mjs";
import { root } from "../make/places.mjs";
import { contentSecurityPolicy } from "./content_security_policy.ts";
import { navigation } from "./navigation.ts";

export default defineConfig({
  title: "Kinvec",
  description: "Text to meaning vectors inside a web page or Node.js.",
  lang: "en",
  cleanUrls: false, // a page is a file: any static host serves it
  lastUpdated: false,
  outDir: path.join(root, "build/docs"),
  cacheDir: path.join(root, "build/docs-cache"),
  rewrites: { "generated/api/:page*": "api/:page*" },
  srcExclude: ["generated/partials/**"],
  metaChunk: true,
  transformHead: ({ siteData }) => [["link", { rel: "icon", type: "image/svg+xml", href: `${siteData.base}icon.svg` }]],
  transformHtml: contentSecurityPolicy,
  transformPageData(page) {
    // Headings such as "Parameters" would fill the outline of the reference.
    if (page.relativePath.startsWith("api/")) page.frontmatter.outline = 2;
  },
  markdown: {
    theme: { light: "github-light-high-contrast", dark: "github-dark" },
    languageAlias: { mjs: "js", cjs: "js" },
    container: { tipLabel: "Note", warningLabel: "Mind" },
  },
  themeConfig: {
    ...navigation(Object.keys(entries)),
    logo: "/icon.svg",
    outline: [2, 3],
    search: { provider: "local", options: { detailedView: true } },
    externalLinkIcon: true,
  },
  vite: {
    assetsInclude: ["**/*.gguf", "**/*.index"],
    worker: { format: "es" },
    resolve: { preserveSymlinks: false },
    build: {
      target: "es2022",
      assetsInlineLimit: 0, // the policy allows no data: scripts
      chunkSizeWarningLimit: 1000, // kB; the search index is one file
    },
  },
});
