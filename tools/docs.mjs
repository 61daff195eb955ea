// `npm run docs`: builds the documentation site into build/docs. `npm run docs -- --serve` shows it as well, and
// `--base /folder/` builds it for a folder of a host rather than for a host of its own.

import path from "node:path";
import { parseArgs } from "node:util";
import { build } from "./build.mjs";
import { buildDocs, docsFolder } from "./lib/docs.mjs";
import { root, runMain, setup } from "./lib/project.mjs";
import { serve } from "./lib/static_server.mjs";

const options = { serve: { type: "boolean" }, base: { type: "string", default: "/" } };

await runMain(async () => {
  const { values } = parseArgs({ options });
  setup("docs");
  await build();
  await buildDocs({ base: values.base });
  process.stdout.write(`The documentation is in ${docsFolder}\n`);
  if (!values.serve) return;
  const { origin } = await serve(
    { [values.base]: path.join(root, docsFolder) },
    { port: Number(process.env.PORT ?? 0) },
  );
  process.stdout.write(`It is served at ${origin}${values.base} (stop with Ctrl+C)\n`);
});
