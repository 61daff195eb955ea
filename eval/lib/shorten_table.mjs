// What eval/shorten.json says, as a table: for the terminal and for the documentation.

import { table } from "../../bench/lib/markdown.mjs";

/** @returns {string} Markdown */
export function shortenTable({ made, forms }) {
  const rows = forms.map(({ title, bytes, spearman, ndcg }) => [title, bytes, spearman.toFixed(4), ndcg.toFixed(4)]);
  return `${table(["form", "bytes a vector", "STS-B, Spearman", "Cranfield, NDCG@10"], rows)}\n\n${made}`;
}
