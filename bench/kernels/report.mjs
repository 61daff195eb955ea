// The kernels' results as Markdown.

import { table } from "../lib/markdown.mjs";
import { groups } from "./cases.mjs";

/** @param measured one module's answer of measureKernels() */
export function kernelTables({ walls, nanoseconds }) {
  const wall = Object.entries(walls).map(([name, rate]) => `${name} ${rate.toFixed(1)} GMAC/s`);
  const tables = groups
    .filter(({ name }) => nanoseconds[name])
    .map((group) => `${group.title}:\n\n${groupTable(group, nanoseconds[group.name], walls[group.wall])}`);
  return [`The wall, the multiplying instruction alone: ${wall.join(", ")}.`, ...tables].join("\n\n");
}

function groupTable({ cases, wall }, nanoseconds, limit) {
  const columns = [...new Set(cases.map(({ column }) => column))];
  const rows = [...new Set(cases.map(({ row }) => row))];
  const head = wall ? "GMAC/s (% of the wall)" : "kernel [values of a row]";
  const cellOf = (row, column) => {
    const at = cases.findIndex((one) => one.row === row && one.column === column);
    return at < 0 ? "" : cell(cases[at], nanoseconds[at], limit);
  };
  return table(
    [head, ...columns],
    rows.map((row) => [row, ...columns.map((column) => cellOf(row, column))]),
  );
}

function cell({ macs, rows, values }, nanoseconds, limit) {
  if (macs) return `${(macs / nanoseconds).toFixed(1)} (${((100 * macs) / nanoseconds / limit).toFixed(0)})`;
  return `${(nanoseconds / rows).toFixed(0)} ns a row, ${(values / nanoseconds).toFixed(2)} values/ns`;
}
