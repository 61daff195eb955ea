// Makes the models that are committed under models/, and the golden hash of their vectors, from the published weights.
// Only needed when the converter, or the arithmetic that a file's stored probe vector depends on, changes on purpose.

import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { hashInBatches } from "../tests/common/same_bits.mjs";
import { build } from "./build.mjs";
import { cache, root, run, runMain, setup } from "./lib/project.mjs";

const model = {
  name: "all-MiniLM-L6-v2",
  license: "apache-2.0",
  licenseLink: "https://www.apache.org/licenses/LICENSE-2.0",
  source: "https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2",
};

runMain(async () => {
  setup("build");
  await build();
  run("bash", ["tools/fetch_weights.sh"]);

  const file = path.join(root, "models", `${model.name}.q8.gguf`);
  run(process.execPath, [
    ...["dist/cli.mjs", "convert", path.join(cache, "weights", model.name), "-o", file, "--dtype", "q8"],
    ...["--name", model.name, "--license", model.license],
    ...["--license-link", model.licenseLink, "--source", model.source],
  ]);

  const { load } = await import(pathToFileURL(path.join(root, "dist/node.mjs")).href);
  const sentences = JSON.parse(readFileSync(path.join(root, "tests/golden/sentences.json"), "utf8"));
  const loaded = await load(file);
  const hash = await hashInBatches(loaded, sentences);
  loaded.dispose();
  writeFileSync(path.join(root, "tests/golden/q8.sha256"), `${hash}\n`);
  process.stdout.write(`${file}: vectors hash to ${hash}\n`);
});
