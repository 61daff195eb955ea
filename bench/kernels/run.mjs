// `npm run bench:kernels`: the speed of each kernel against the multiplying instruction alone, on this machine.
//
//   --rounds=5         turns of each case                       --only=gemm_int8,gemm_f32,attention_int8,attention_f32,rows
//   --out=FILE         default bench/kernels.md; - for none
//   --wasm=FILE        modules built earlier, instead of this tree's two; may be given more than once, to compare builds

import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { withBuildLock } from "../../tools/lib/lock.mjs";
import { root, run, runMain, toolEnvironment } from "../../tools/lib/project.mjs";
import { machine, node24, versionOfKinvec } from "../lib/machine.mjs";
import { measureKernels } from "./measure.mjs";
import { kernelTables } from "./report.mjs";

const titles = { simd128: "SIMD128", relaxed: "relaxed SIMD" };

function options() {
  const { values } = parseArgs({
    options: {
      rounds: { type: "string", default: "5" },
      only: { type: "string" },
      wasm: { type: "string", multiple: true },
      out: { type: "string" },
    },
  });
  return { ...values, rounds: Number(values.rounds), out: values.out ?? path.join(root, "bench/kernels.md") };
}

/** Builds this tree's modules. */
async function build() {
  const env = toolEnvironment();
  const quiet = { env, stdio: "pipe", encoding: "utf8" };
  await withBuildLock(() => {
    for (const name of Object.keys(titles)) {
      run("cmake", ["--preset", `wasm-${name}`, "--log-level=WARNING"], quiet);
      run("cmake", ["--build", "--preset", `wasm-${name}`, "--target", "kernel-bench", "--", "--quiet"], quiet);
    }
  });
  return Object.entries(titles).map(([name, title]) => ({
    name: title,
    file: path.join(root, `build/wasm-${name}/kernel-bench.wasm`),
  }));
}

async function inNode(files, chosen) {
  const read = ({ name, file }) => ({ name, bytes: readFileSync(file) });
  const onProgress = (line) => process.stdout.write(`  ${line}\n`);
  return {
    runtime: `Node.js ${process.version}, V8 ${process.versions.v8}`,
    measured: await measureKernels(files.map(read), { ...chosen, onProgress }),
  };
}

await runMain(async () => {
  if (node24() !== process.execPath) {
    run(node24(), process.argv.slice(1));
    return;
  }
  const chosen = options();
  const files = chosen.wasm?.map((file) => ({ name: file, file })) ?? (await build());
  const { runtime, measured } = await inNode(files, chosen);
  const text = `# Kernels against the machine's wall

Made by \`npm run bench:kernels\`: each kernel alone, one thread, the fastest of ${chosen.rounds} rounds in which all cases
take turns. The weights alternate between those of six layers, as in the encoder.

- Machine: ${machine()}
- ${versionOfKinvec()}; ${runtime}

${measured.map((one) => `## ${one.name}\n\n${kernelTables(one)}`).join("\n\n")}
`;
  process.stdout.write(`\n${text}`);
  if (chosen.out !== "-") writeFileSync(path.resolve(chosen.out), text);
});
