// The smoke suite for places without ES modules: CommonJS, or the global `suite` of a script.

import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

export async function writeSuite(file) {
  const bundled = await rolldown({ input: fileURLToPath(new URL("smoke.mjs", import.meta.url)) });
  await bundled.write({ file, format: "umd", name: "suite", codeSplitting: false });
  await bundled.close();
}
