// What the reports are made of.

export const milliseconds = (value) =>
  value < 10 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : value.toFixed(0);

const row = (cells) => `| ${cells.join(" | ")} |`;

export const table = (head, rows) => [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");
