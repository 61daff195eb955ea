// The times of recommendations as Markdown.

import { milliseconds as ms, table } from "./markdown.mjs";
import { listLength } from "./recommend_turns.mjs";

export function recommendReport({ machine, versions, sittings, rounds, budget }) {
  const tables = sittings.map(({ runtime, rows }) => {
    const head = ["items × 384", "events known", "index", "first list, ms", "event to list, ms, min / median"];
    const cells = rows.map(({ items, events, precision, first, min, median }) => {
      return [items.toLocaleString("en"), `${events}`, precision, ms(first), `${ms(min)} / **${ms(median)}**`];
    });
    return `## ${runtime}\n\n${table(head, cells)}`;
  });
  return `# From an event to the new list

Made by \`npm run bench -- --only=recommend\`: a person does one more thing, and the ${listLength} best of all items are found again, with
exploration, diversity and every event's share, in ${rounds} rounds of ${budget} ms after one uncounted round. One thread.

- Machine: ${machine}
- ${versions}
- The first list after the index has changed reads all of its vectors once.

${tables.join("\n\n")}
`;
}
