// A process that measures indexes in Node.js and answers with one message.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { openEdgevec, openKinvec, openLoop, openUsearch, openVoy, timed } from "../engines/search.mjs";
import { bench, kinvecDist } from "./paths.mjs";
import { clusteredVectors } from "./search_data.mjs";
import { takeTurns } from "./search_turns.mjs";

const kinds = [
  { precision: "f32" },
  { precision: "int8" },
  { precision: "int8", rescore: false },
  { precision: "binary" },
  { precision: "binary", rescore: false },
  { precision: "f32", graph: true },
];

const moduleFile = (name) => path.join(bench, "node_modules", name);

async function voy(items) {
  const glue = await import("voy-search/voy_search_bg.js");
  const binary = readFileSync(moduleFile("voy-search/voy_search_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(binary, { "./voy_search_bg.js": glue });
  glue.__wbg_set_wasm(instance.exports);
  return openVoy(glue, instance.exports.memory, items);
}

async function edgevec(items) {
  const library = await import("edgevec");
  const { memory } = library.initSync({ module: readFileSync(moduleFile("edgevec/edgevec_bg.wasm")) });
  return openEdgevec(library, memory, items);
}

async function open(items, others) {
  const kinvec = await import(pathToFileURL(path.join(kinvecDist, "search.node.mjs")));
  const engines = [await timed(() => openLoop(items))];
  for (const options of kinds) engines.push(await timed(() => openKinvec(kinvec, items, options)));
  for (const other of others) engines.push(await timed(() => other(items)));
  return engines;
}

process.on("message", async ({ many, few, queries, rounds, budget }) => {
  const usearch = createRequire(import.meta.url)("usearch");
  const native = [
    (items) => openUsearch(usearch, items, { exact: true }),
    (items) => openUsearch(usearch, items, { quantization: "f32" }),
    (items) => openUsearch(usearch, items, { quantization: "i8" }),
  ];
  const measureOn = async (count, others) =>
    takeTurns(await open(clusteredVectors(count, 2), others), clusteredVectors(queries, 3), { rounds, budget });
  const tables = { many: await measureOn(many, native), few: await measureOn(few, [voy, edgevec]) };
  process.send({ ...tables, runtime: `Node.js ${process.version}, V8 ${process.versions.v8}` });
});
