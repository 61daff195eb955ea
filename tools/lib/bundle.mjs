// The JavaScript around the binaries by Rolldown.

import { chmodSync, copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { rolldown } from "rolldown";
import { madeModules, wasmFiles } from "./build_wasm.mjs";
import { root } from "./project.mjs";

// What package.json exports, by output name; each exists as ES module and as CommonJS.  What one entry needs of another
// it imports from that one's file, the first in this list that has it: no file but these, and nothing twice.
const entries = {
  index: "web/index.ts",
  tokenizers: "web/tokenizers/index.ts",
  search: "web/search/index.ts",
  recommend: "web/recommend/index.ts",
  vectors: "web/vectors/index.ts",
  words: "web/words/index.ts",
  convert: "web/convert/index.ts",
  storage: "web/storage/index.ts",
  node: "web/node.ts",
  "search.node": "web/search/index.node.ts",
  "tokenizers.node": "web/tokenizers/index.node.ts",
  "convert.node": "web/convert/index.node.ts",
  "words.node": "web/words/index.node.ts",
};
// Checks of vectors, which others share with the search, lie in the first, or they would bring the index along.
const inFirst = ["web/search/index_vectors.ts"];
const program = {
  cli: "web/cli/main.ts",
  "worker.node": "web/worker.node.ts",
  "words_worker.node": "web/words_worker.node.ts",
};
// Each stands alone, for pages that host it elsewhere or have one file only.
const standAlone = { worker: "web/worker.ts", words_worker: "web/words_worker.ts", inline: "web/inline/index.ts" };
// So do these, in both forms: they take a model from whichever entry loaded it, and bring none along.
const adapters = Object.fromEntries(
  ["ai", "langchain", "llamaindex", "openai", "orama"].map((name) => [`adapters/${name}`, `web/adapters/${name}.ts`]),
);

/** What the package exports to programs, by the name of its declarations; the same in a page and in Node.js. */
export const publicEntries = Object.fromEntries(
  Object.entries({ ...entries, inline: standAlone.inline, ...adapters }).filter(([name]) => !/\bnode$/.test(name)),
);

/** @returns {Promise<{ fileName: string, imports: string[] }[]>} the ES modules */
export async function bundle() {
  rmSync(path.join(root, "dist"), { recursive: true, force: true });
  const modules = await write({ ...entries, ...program }, { format: "esm", entryFileNames: "[name].mjs" });
  await write(entries, { format: "cjs", entryFileNames: "[name].cjs", intro: `var ${kOwnUrl}=${urlOfCommonJs};` });
  for (const [name, file] of Object.entries({ ...standAlone, ...adapters })) {
    await write({ [name]: file }, { format: "esm", entryFileNames: "[name].mjs" });
  }
  for (const [name, file] of Object.entries(adapters)) {
    await write({ [name]: file }, { format: "cjs", entryFileNames: "[name].cjs" });
  }
  // CommonJS as well, and in a script without modules the global `kinvec`.
  await write({ inline: standAlone.inline }, { format: "umd", name: "kinvec", entryFileNames: "[name].cjs" });
  const cli = path.join(root, "dist/cli.mjs");
  writeFileSync(cli, `#!/usr/bin/env node\n${readFileSync(cli, "utf8")}`);
  chmodSync(cli, 0o755);
  for (const file of wasmFiles) copyFileSync(path.join(root, file), path.join(root, "dist", path.basename(file)));
  return modules;
}

// CommonJS has no import.meta.url: Node.js knows the file's name, a bundled web page the running script's address.
const kOwnUrl = "__kinvecUrl";
const urlOfCommonJs =
  `typeof document!=="undefined"&&document.currentScript?.src||` +
  `(typeof process!=="undefined"&&process.versions?.node` +
  `?"file:///"+__filename.split(/[\\\\/]/).map(encodeURIComponent).join("/").replace(/^\\//,"")` +
  `:typeof location!=="undefined"&&location.href)`;

/** The minifier writes strings as templates; some bundlers find files and workers only by plain ones. */
const urlsInQuotes = {
  name: "urls-in-quotes",
  generateBundle(_options, files) {
    for (const file of Object.values(files)) {
      file.code = file.code
        .replace(/new URL\(`([^`$]*)`,/g, 'new URL("$1",')
        .replace(/\{type:`module`\}/g, '{type:"module"}');
    }
  },
};

/** Emscripten's glue is made by a call. Marked as one that does nothing else, it goes where nobody loads a model. */
const pureGlue = {
  name: "pure-glue",
  transform: {
    filter: { id: /-glue\.mjs$/ },
    handler(code) {
      const pure = code.replace("= (() => {", "= /* @__PURE__ */ (() => {");
      if (pure === code) throw new Error("the glue has a form that is not known here");
      return { code: pure, map: null };
    },
  },
};

async function write(input, output) {
  const bundled = await rolldown({
    cwd: root,
    input,
    platform: "neutral",
    external: /^node:/,
    preserveEntrySignatures: "allow-extension",
    resolve: {
      alias: Object.fromEntries(Object.entries(madeModules).map(([name, file]) => [name, path.join(root, file)])),
    },
    transform: { target: "es2022", ...(output.intro && { define: { "import.meta.url": kOwnUrl } }) },
    plugins: [pureGlue, urlsInQuotes],
    onLog: (level, log, handle) => (level === "warn" ? handle("error", log) : handle(level, log)),
  });
  const groups = Object.entries(input).map(([name, file], at, all) => {
    const files = [file, ...(name === "index" ? inFirst : [])].map((each) => path.join(root, each));
    return { name, test: (id) => files.includes(id), priority: all.length - at };
  });
  const codeSplitting = output.format === "umd" ? false : { includeDependenciesRecursively: true, groups };
  // Annotations are for the user's bundler: what nobody uses it can leave out.
  const comments = { legal: false, jsdoc: false, annotation: true };
  const written = await bundled.write({ dir: "dist", minify: true, comments, codeSplitting, ...output });
  await bundled.close();
  return written.output;
}
