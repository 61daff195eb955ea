// `npm start`: brings the toolchain, builds, shows the main job in the terminal, then serves the demo page.

import path from "node:path";
import { build } from "./build.mjs";
import { buildDemo, demoFolder } from "./lib/demo.mjs";
import { root, runMain, setup } from "./lib/project.mjs";
import { serve } from "./lib/static_server.mjs";

const query = "a quiet place to read by the water";
const sentences = [
  "The bench behind the library overlooks the lake.",
  "Our branch office opens at nine on weekdays.",
  "She spent the afternoon with a novel on the river bank.",
  "The motorway was loud all night.",
  "A hammock between two trees, just above the beach.",
  "Readers must return their books within four weeks.",
  "The stock market closed lower on Friday.",
  "Boats may not moor at the fuel pier.",
];

async function showMainJob() {
  const { load, similarity } = await import("../dist/node.mjs");
  const started = performance.now();
  const model = await load(path.join(root, "models/all-MiniLM-L6-v2.q8.gguf"));
  const loaded = performance.now();
  const [question] = (await model.embed(query)).vectors;
  const { vectors } = await model.embed(sentences);
  const embedded = performance.now();
  const ranked = vectors
    .map((vector, index) => ({ score: similarity(question, vector), sentence: sentences[index] }))
    .sort((a, b) => b.score - a.score);

  process.stdout.write(`\nNearest to "${query}":\n\n`);
  for (const { score, sentence } of ranked) {
    process.stdout.write(
      `  ${score.toFixed(3).padStart(6)}  ${"#".repeat(Math.max(0, score * 24)).padEnd(16)}  ${sentence}\n`,
    );
  }
  const info = model.info();
  const milliseconds = (from, to) => `${Math.round(to - from)} ms`;
  process.stdout.write(
    `\n  ${info.name}, ${info.binary} binary: loaded in ${milliseconds(started, loaded)}, ` +
      `${sentences.length + 1} texts embedded in ${milliseconds(loaded, embedded)}\n`,
  );
  model.dispose();
}

await runMain(async () => {
  setup("build");
  await build();
  await showMainJob();
  await buildDemo();
  const { origin } = await serve({ "/": demoFolder }, { port: Number(process.env.PORT ?? 0) });
  process.stdout.write(`\nThe demo is at ${origin}/ (stop with Ctrl+C)\n`);
});
