// Checks that no formatter makes: which part may include which, and what must not stand in a source at all.

import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { filesBelow, root } from "./project.mjs";

const foundation = ["concat", "error", "gguf", "gguf_writer", "quant_types", "sort_indices", "xxh64"];

// The parts of src/ and what each may include besides itself.  Kernels know no model; tokenizers know no tensor.
const mayInclude = {
  concat: [],
  error: [],
  quant_types: ["error"],
  gguf: ["concat", "error", "quant_types"],
  gguf_writer: ["error", "gguf", "quant_types"],
  sort_indices: [],
  xxh64: [],
  unicode: [],
  tokenizer: [...foundation, "unicode"],
  kernels: [],
  model: [...foundation, "kernels"],
  search: ["error", "kernels"],
  train: [...foundation, "kernels", "tokenizer"],
  engine: [...foundation, "unicode", "tokenizer", "kernels", "model", "search"],
};

const textFile = /\.(cpp|h|ts|mjs|js|json|css|html|md|sh|py|txt|yml|yaml)$|CMakeLists\.txt$/;

/** @returns {string[]} one line per finding, empty when the tree is clean */
export function hygieneFindings() {
  return [...includeFindings(), ...contentFindings()];
}

/** The part a file of src/ belongs to: its folder, or for a file directly in src/ its name. */
function partOf(file) {
  const [first, ...rest] = path.relative("src", file).split(path.sep);
  return rest.length > 0 ? first : first.replace(/\.\w+$/, "");
}

function includeFindings() {
  const findings = [];
  for (const file of filesBelow("src").filter((name) => /\.(cpp|h)$/.test(name))) {
    const part = partOf(file);
    const allowed = mayInclude[part];
    if (!allowed) findings.push(`${file}: tools/lib/hygiene.mjs names no part "${part}"`);
    for (const { line, included, quoted } of includesOf(file)) {
      if (/emscripten/.test(included)) findings.push(`${file}:${line}: only bindings/ may include Emscripten headers`);
      if (!quoted || !allowed) continue;
      const beside = path.join(path.dirname(file), included);
      const target = existsSync(path.join(root, beside)) ? beside : path.join("src", included);
      if (!existsSync(path.join(root, target))) findings.push(`${file}:${line}: no such file: ${included}`);
      else if (partOf(target) !== part && !allowed.includes(partOf(target))) {
        findings.push(`${file}:${line}: ${part} must not include ${included}`);
      }
    }
  }
  return findings;
}

function includesOf(file) {
  const found = [];
  for (const [index, text] of linesOf(file).entries()) {
    const match = /^\s*#\s*include\s*([<"])([^>"]+)[>"]/.exec(text);
    if (match) found.push({ line: index + 1, included: match[2], quoted: match[1] === '"' });
  }
  return found;
}

function contentFindings() {
  const findings = [];
  // Assembled from pieces, so that this file does not find itself.
  const machinePath = new RegExp(`(^|[\\s"'\`(=])/(${["work", "root", "home", "Users"].join("|")})/`);
  const leftOver = new RegExp(
    `\\b(${["TO" + "DO", "FIX" + "ME", "X" + "XX"].join("|")})\\b|\\bdescribe\\.only|\\b(it|test)\\.only`,
  );
  // Classes of the platform, of which another realm has others; web/cli/ runs in a realm of its own.
  const ofOneRealm =
    /\binstanceof (\w*Array|ArrayBuffer|Blob|DataView|Error|File|ReadableStream|Request|Response|URL|WebAssembly)\b/;
  const everything = filesBelow(".").filter((name) => textFile.test(name) && !name.endsWith("package-lock.json"));
  for (const file of everything) {
    const isCpp = /\.(cpp|h)$/.test(file);
    const isLibrary = file.startsWith("web/") && !file.startsWith("web/cli/");
    for (const [index, text] of linesOf(file).entries()) {
      const at = `${file}:${index + 1}`;
      if (machinePath.test(text)) findings.push(`${at}: names a path of one machine`);
      if (leftOver.test(text)) findings.push(`${at}: a left-over`);
      if (isLibrary && ofOneRealm.test(text)) findings.push(`${at}: use isA() of web/realms.ts, not instanceof`);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is the definition of ASCII
      if (isCpp && /[^\x00-\x7f]/.test(text)) findings.push(`${at}: C++ sources are ASCII only`);
    }
  }
  return findings;
}

function linesOf(file) {
  return readFileSync(path.join(root, file), "utf8").split("\n");
}
