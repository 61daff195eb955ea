// Makes the models that are committed under models/, the golden hash of their vectors, and those of files that tests
// convert, from the published weights.
// Only needed when the converter, or the arithmetic that a file's stored probe vector depends on, changes on purpose.

import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { hashInBatches } from "../tests/common/same_bits.mjs";
import { build } from "./build.mjs";
import { cache, root, run, runMain, setup } from "./lib/project.mjs";
import { makeStaticModels } from "./lib/static_models.mjs";

/** Types whose files are too large to commit, but not their hashes. */
const hashedDtypes = ["q8-q4", "q4"];

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

  const fromDist = (name) => import(pathToFileURL(path.join(root, "dist", name)).href);
  const { load } = await fromDist("node.mjs");
  const sentences = JSON.parse(readFileSync(path.join(root, "tests/golden/sentences.json"), "utf8"));
  const loaded = await load(file);
  const hash = await hashInBatches(loaded, sentences);
  loaded.dispose();
  writeFileSync(path.join(root, "tests/golden/q8.sha256"), `${hash}\n`);
  process.stdout.write(`${file}: vectors hash to ${hash}\n`);

  const { license, licenseLink, source: sourceUrl } = model;
  await makeStaticModels(file, { license, licenseLink, sourceUrl });

  const { convert } = await fromDist("convert.node.mjs");
  const hashes = {};
  for (const dtype of hashedDtypes) {
    const bytes = await convert(path.join(cache, "weights", model.name), { dtype });
    hashes[dtype] = createHash("sha256").update(bytes).digest("hex");
  }
  writeFileSync(path.join(root, "tests/golden/converted.json"), `${JSON.stringify(hashes, null, 2)}\n`);
});
