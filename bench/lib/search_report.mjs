// The indexes' results as Markdown.

import { milliseconds as ms, table } from "./markdown.mjs";
import { counts } from "./search_sitting.mjs";

function timesTable(count, rows) {
  const [loop] = rows;
  return table(
    [
      `${count.toLocaleString("en")} × 384, top 10`,
      "ms, min / median",
      "loop / it",
      "recall@10",
      "bytes per vector",
      "made in, s",
    ],
    rows.map(({ name, min, median, recall, bytes, seconds }) => [
      name,
      `${ms(min)} / ${ms(median)}`,
      `**${(loop.min / min).toFixed(1)}**`,
      recall.toFixed(4),
      bytes === undefined ? "" : `${Math.round(bytes)}`,
      seconds.toFixed(seconds < 10 ? 1 : 0),
    ]),
  );
}

function recallTable(recalls) {
  return table(
    ["recall@10", "", "re-scored, by oversampling", "not re-scored"],
    recalls.map(({ title, precision, byFactor, alone }) => [
      title,
      precision,
      Object.entries(byFactor)
        .map(([factor, recall]) => `${factor}: ${recall.toFixed(4)}`)
        .join(", "),
      alone.toFixed(4),
    ]),
  );
}

function graphTable(graphs) {
  const efforts = Object.keys(graphs[0].byEffort);
  return table(
    ["recall@10, ms", "made in, s", ...efforts.map((effort) => `effort ${effort}`), "all"],
    graphs.map(({ title, seconds, byEffort, exact }) => [
      title,
      seconds.toFixed(0),
      ...Object.values(byEffort).map(({ recall, min }) => `${recall.toFixed(4)}, ${ms(min)}`),
      ms(exact),
    ]),
  );
}

export function searchReport({ machine, versions, sitting, rounds, budget }) {
  const { sittings, recalls, graphs } = sitting;
  return `# Vector search beside its peers

Made by \`npm run bench -- --only=search\`: all indexes side by side, one thread each, taking turns on the same queries in ${rounds}
rounds of ${budget} ms, after one uncounted round. Compare numbers of one table only; the minimum is the steadier one.

- Machine: ${machine}
- ${versions}
- The vectors lie around 512 centres, which is easy for graphs and trees; how graphs do on others is in the last table. HNSW
  graphs take seconds to minutes to build and miss some of the nearest; a flat index is ready at once. The libraries that are slow
  to build are in the small table.
- usearch is native code with the processor's own instructions (Node.js only). The rest is WebAssembly.

${sittings
  .map(
    ({ runtime, many, few }) => `## ${runtime}

${timesTable(counts.many, many)}

${timesTable(counts.few, few)}`,
  )
  .join("\n\n")}

## What smaller copies find

${recallTable(recalls)}

## What a graph finds

By how many candidates a search keeps in sight. Of vectors that have nothing in common a graph finds little before it has looked at most
of them: no vector is much nearer than the next.

${graphTable(graphs)}
`;
}
