// The program `kinvec`.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { assertSameBits, loadTested } from "./helpers.mjs";
import { tiny, tinyCheckpoint } from "./tiny_checkpoint.mjs";

const manifestFile = createRequire(import.meta.url).resolve("kinvec/package.json");
const manifest = JSON.parse(readFileSync(manifestFile, "utf8"));
const program = path.join(path.dirname(manifestFile), manifest.bin.kinvec);
const lines = ["the cat sat", "", "a dog ran", "\u00FCber tea", "cat ".repeat(40).trim()];
let folder;
let model;
let expected;

const at = (name) => path.join(folder, name);
const kinvec = (args, options = {}) =>
  spawnSync(process.execPath, [program, ...args], { cwd: folder, encoding: "utf8", ...options });

before(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "kinvec-cli-"));
  for (const [name, contents] of Object.entries(tinyCheckpoint())) {
    mkdirSync(path.dirname(at(`tiny/${name}`)), { recursive: true });
    writeFileSync(at(`tiny/${name}`), contents);
  }
  writeFileSync(at("lines.txt"), `${lines.join("\r\n")}\r\n`);
  const { status, stderr } = kinvec(["convert", "tiny", "-o", "tiny.q8.gguf", "--license", "mit"]);
  assert.equal(status, 0, stderr);
  model = await loadTested(at("tiny.q8.gguf"));
  expected = (await model.embed(lines)).vectors;
});
after(() => {
  model.dispose();
  rmSync(folder, { recursive: true });
});

/** Shape and values of a version 1.0 .npy file of f32. */
function parseNpy(bytes) {
  assert.equal(bytes.subarray(0, 8).toString("latin1"), "\u0093NUMPY\u0001\u0000");
  const length = bytes.readUInt16LE(8);
  const header = bytes.subarray(10, 10 + length).toString("latin1");
  assert.equal((10 + length) % 64, 0);
  assert.ok(header.endsWith("\n"));
  const [, rows, columns] = /'descr': '<f4', 'fortran_order': False, 'shape': \((\d+), (\d+)\)/.exec(header);
  const values = new Float32Array(Uint8Array.from(bytes.subarray(10 + length)).buffer);
  assert.equal(values.length, rows * columns);
  return Array.from({ length: Number(rows) }, (_, i) => values.subarray(i * columns, (i + 1) * columns));
}

describe("kinvec", () => {
  it("tells its version and how it is used", () => {
    assert.equal(kinvec(["--version"]).stdout.trim(), manifest.version);
    for (const args of [[], ["--help"], ["-h"]]) {
      const { status, stdout } = kinvec(args);
      assert.equal(status, 0);
      assert.match(stdout, /kinvec convert[\s\S]*kinvec embed[\s\S]*kinvec inspect[\s\S]*kinvec serve/);
    }
    for (const command of ["convert", "distill", "embed", "inspect", "serve"]) {
      const { status, stdout } = kinvec([command, "--help"]);
      assert.equal(status, 0);
      assert.ok(stdout.startsWith(`kinvec ${command} <`));
    }
  });

  it("answers wrong usage with exit code 2 and the usage", () => {
    for (const args of [
      ["fly"],
      ["convert", "tiny"],
      ["convert", "-o", "x.gguf"],
      ["convert", "tiny", "-o", "x.gguf", "--dtype", "q5"],
      ["convert", "tiny", "-o", "x.gguf", "--pooling", "max"],
      ["distill", "tiny"],
      ["distill", "tiny", "-o", "x.gguf", "--dtype", "q8-q4"],
      ["distill", "tiny", "-o", "x.gguf", "--tokens", "30"],
      ["distill", "tiny", "-o", "x.gguf", "--dimensions", "few"],
      ["embed"],
      ["embed", "tiny.q8.gguf", "lines.txt", "more.txt"],
      ["embed", "tiny.q8.gguf", "--format", "csv"],
      ["embed", "tiny.q8.gguf", "--colour"],
      ["inspect"],
      ["serve"],
      ["serve", "tiny.q8.gguf", "--port", "none"],
      ["toString"],
    ]) {
      const { status, stderr, stdout } = kinvec(args, { input: "" });
      assert.equal(status, 2, args.join(" "));
      assert.match(stderr, /^kinvec: .+\n\nkinvec/);
      assert.equal(stdout, "");
    }
  });

  it("answers failures with exit code 1 and the error code", () => {
    for (const [args, pattern] of [
      [["embed", "missing.gguf"], /^kinvec: FETCH_FAILED: .*missing\.gguf/],
      [["embed", "lines.txt"], /^kinvec: MODEL_FORMAT: /],
      [["embed", "tiny.q8.gguf", "missing.txt"], /^kinvec: FETCH_FAILED: .*missing\.txt/],
      [["embed", "tiny.q8.gguf", "lines.txt", "--dimensions", "33"], /^kinvec: INVALID_ARGUMENT: .*dimensions/],
      [["embed", "tiny.q8.gguf", "lines.txt", "--dimensions", "few"], /^kinvec: INVALID_ARGUMENT: .*dimensions/],
      [["convert", "missing", "-o", "x.gguf"], /^kinvec: FETCH_FAILED: /],
      [["convert", "tiny.q8.gguf", "-o", "x.gguf"], /^kinvec: UNSUPPORTED_DTYPE: /],
      [["distill", "tiny", "-o", "x.gguf", "--texts", "missing.txt"], /^kinvec: FETCH_FAILED: .*missing\.txt/],
      [["inspect", "tiny"], /^kinvec: MODEL_FORMAT: .*folder/],
    ]) {
      const { status, stderr } = kinvec(args, { input: "cat\n" });
      assert.equal(status, 1, args.join(" "));
      assert.match(stderr, pattern);
    }
    assert.equal(existsSync(at("x.gguf")), false);
  });
});

describe("kinvec distill", () => {
  it("writes a static model, of a folder or a file, fitted to the lines of a file", async () => {
    for (const input of ["tiny", "tiny.q8.gguf"]) {
      const args = ["--texts", "lines.txt", "--dimensions", "32", "--dtype", "q4", "--license", "mit"];
      assert.equal(kinvec(["distill", input, "-o", "static.gguf", ...args]).status, 0);
      const loaded = await loadTested(at("static.gguf"));
      const { name, license, architecture, dimensions, selfChecked } = loaded.info();
      assert.deepEqual([name, license, architecture, dimensions, selfChecked], ["tiny", "mit", "static", 32, true]);
      loaded.dispose();
    }
  });
});

describe("kinvec convert", () => {
  it("writes a model that says what it is", () => {
    const info = model.info();
    assert.equal(info.name, "tiny");
    assert.equal(info.license, "mit");
    assert.equal(info.selfChecked, true);
  });

  it("writes every type, from a folder or a file", async () => {
    for (const dtype of ["f32", "q8", "q8-q4", "q4"]) {
      const output = `from-folder.${dtype}.gguf`;
      assert.equal(kinvec(["convert", "tiny", "-o", output, "--dtype", dtype]).status, 0);
      const loaded = await loadTested(at(output));
      assert.equal(loaded.info().dtype, dtype === "f32" ? "f32" : "q8");
      loaded.dispose();
    }
    assert.equal(kinvec(["convert", "from-folder.f32.gguf", "-o", "from-file.gguf", "--name", "tiny"]).status, 0);
    const loaded = await loadTested(at("from-file.gguf"));
    assertSameBits((await loaded.embed(lines[0])).vectors[0], expected[0]);
    loaded.dispose();
  });

  it("leaves nothing half-written", () => {
    assert.equal(kinvec(["convert", "tiny", "-o", "no/such/folder/x.gguf"]).status, 1);
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.endsWith(".partial")),
      [],
    );
  });
});

describe("kinvec embed", () => {
  it("writes a JSON line for each line, and tells of those that were cut", () => {
    const { status, stdout, stderr } = kinvec(["embed", "tiny.q8.gguf", "lines.txt"]);
    assert.equal(status, 0);
    assert.match(stderr, /1 of 5 lines were cut at 16 tokens/);
    const rows = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    assert.deepEqual(
      rows.map(({ text }) => text),
      lines,
    );
    assert.deepEqual(
      rows.map(({ truncated }) => truncated),
      [false, false, false, false, true],
    );
    assert.deepEqual(rows[4].tokens, 42);
    for (const [i, { vector }] of rows.entries()) assertSameBits(vector, expected[i]);
  });

  it("reads standard input and writes files", () => {
    const { status, stdout } = kinvec(["embed", "tiny.q8.gguf", "-o", "out.jsonl"], { input: lines.join("\n") });
    assert.equal(status, 0);
    assert.equal(stdout, "");
    const rows = readFileSync(at("out.jsonl"), "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    for (const [i, { vector }] of rows.entries()) assertSameBits(vector, expected[i]);
  });

  it("writes .npy to a file and to a pipe", () => {
    assert.equal(kinvec(["embed", "tiny.q8.gguf", "lines.txt", "--format", "npy", "-o", "out.npy"]).status, 0);
    const piped = kinvec(["embed", "tiny.q8.gguf", "lines.txt", "--format", "npy"], { encoding: "buffer" }).stdout;
    assert.deepEqual(readFileSync(at("out.npy")), piped);
    for (const [i, row] of parseNpy(piped).entries()) assertSameBits(row, expected[i]);
  });

  it("takes more lines than one batch, and none", () => {
    const many = Array.from({ length: 1000 }, (_, i) => `${i}`).join("\n");
    assert.equal(kinvec(["embed", "tiny.q8.gguf", "--format", "npy", "-o", "many.npy"], { input: many }).status, 0);
    assert.equal(parseNpy(readFileSync(at("many.npy"))).length, 1000);
    assert.equal(kinvec(["embed", "tiny.q8.gguf", "--format", "npy", "-o", "none.npy"], { input: "" }).status, 0);
    assert.equal(parseNpy(readFileSync(at("none.npy"))).length, 0);
    assert.equal(kinvec(["embed", "tiny.q8.gguf"], { input: "" }).stdout, "");
  });

  it("takes role and dimensions", async () => {
    const args = ["embed", "tiny.q8.gguf", "--role", "query", "--dimensions", "8"];
    const { vector } = JSON.parse(kinvec(args, { input: "sat\n" }).stdout);
    const { vectors } = await model.embed("dog: sat", { dimensions: 8 });
    assertSameBits(vector, vectors[0]);
  });

  it("ends quietly when its reader has seen enough", async () => {
    const child = spawn(process.execPath, [program, "embed", "tiny.q8.gguf"], { cwd: folder });
    child.stdin.on("error", () => {});
    child.stdin.end("the cat sat\n".repeat(20_000));
    let stderr = "";
    child.stderr.on("data", (data) => {
      stderr += data;
    });
    child.stdout.once("data", () => child.stdout.destroy());
    const code = await new Promise((resolve) => child.on("close", resolve));
    assert.equal(code, 0);
    assert.equal(stderr, "");
  });

  it("ends with exit code 130 when it is interrupted", { skip: process.platform === "win32" }, async () => {
    const child = spawn(process.execPath, [program, "embed", "tiny.q8.gguf", "-o", "cut.jsonl"], { cwd: folder });
    child.stdin.on("error", () => {});
    child.stdin.write("the cat sat\n".repeat(5000));
    const watch = setInterval(() => {
      if (!existsSync(at("cut.jsonl.partial"))) return;
      clearInterval(watch);
      child.kill("SIGINT");
    }, 20);
    const code = await new Promise((resolve) => child.on("close", resolve));
    assert.equal(code, 130);
    assert.equal(existsSync(at("cut.jsonl")), false);
    assert.equal(existsSync(at("cut.jsonl.partial")), false);
  });
});

describe("kinvec inspect", () => {
  it("prints metadata and tensors for people", () => {
    const { status, stdout } = kinvec(["inspect", "tiny.q8.gguf"]);
    assert.equal(status, 0);
    assert.match(stdout, /^general\.license +string +"mit"$/m);
    assert.match(stdout, /^tokenizer\.ggml\.tokens +string\[\] +\["\[PAD\]".*\] \(94\)$/m);
    assert.match(stdout, /^blk\.1\.ffn_down\.weight +I8 +64 x 32 +2048$/m);
  });

  it("prints all of it as JSON for programs", () => {
    const { metadata, tensors, bytes } = JSON.parse(kinvec(["inspect", "tiny.q8.gguf", "--json"]).stdout);
    assert.equal(bytes, readFileSync(at("tiny.q8.gguf")).length);
    assert.equal(metadata["bert.embedding_length"], tiny.hidden);
    assert.equal(metadata["tokenizer.ggml.tokens"].length, 94);
    const table = tensors.find(({ name }) => name === "token_embd.weight");
    assert.deepEqual(table.shape, [tiny.hidden, 94]);
    assert.equal(table.byteOffset % 64, 0);
  });
});
