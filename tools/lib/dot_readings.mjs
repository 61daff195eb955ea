// Rewrites relaxed binaries so that their relaxed dot product is read in one way on every processor.
//
// WebAssembly leaves open how i32x4.relaxed_dot_i8x16_i7x16_add_s reads its second operand, and engines differ by
// processor.  Here the instruction becomes a call to a function that spells one reading out in plain 128-bit SIMD, so
// that a test can run them as an ARM phone, a processor with AVX-VNNI or one without would.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { run, toolEnvironment } from "./project.mjs";

const instruction = /i32x4\.(relaxed_)?dot_i8x16_i7x16_add_s/g; // older Binaryen leaves the prefix out

// Products of neighbours, summed in pairs: [a0 b0 + a1 b1, a2 b2 + a3 b3, ...], eight sums in two vectors.
const pairSums = (sign) => `
  (local.set $low (i32x4.dot_i16x8_s
    (i16x8.extend_low_i8x16_s (local.get $a)) (i16x8.extend_low_i8x16_${sign} (local.get $b))))
  (local.set $high (i32x4.dot_i16x8_s
    (i16x8.extend_high_i8x16_s (local.get $a)) (i16x8.extend_high_i8x16_${sign} (local.get $b))))`;

const exact = `(i32x4.add
    (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27 (local.get $low) (local.get $high))
    (i8x16.shuffle 4 5 6 7 12 13 14 15 20 21 22 23 28 29 30 31 (local.get $low) (local.get $high)))`;

const saturating = "(i32x4.extadd_pairwise_i16x8_s (i16x8.narrow_i32x4_s (local.get $low) (local.get $high)))";

// Far more calls than the load-time probe makes, far fewer than one embedding.
const fickle = `(if (result v128) (i32.lt_u (global.get $dot_calls) (i32.const 1000000))
    (then (global.set $dot_calls (i32.add (global.get $dot_calls) (i32.const 1))) ${exact})
    (else ${saturating}))`;

/** By name: the signedness of the second operand, and how the sums of pairs come together. */
const readings = {
  unsigned: { sign: "u", sum: exact }, // x86 with AVX-VNNI (vpdpbusd)
  signed: { sign: "s", sum: exact }, // ARM (sdot), x86 with AVX-VNNI-INT8
  saturating: { sign: "u", sum: saturating }, // x86 without (pmaddubsw)
  fickle: { sign: "u", sum: fickle }, // an engine whose compiler tiers disagree
};

const dotFunction = ({ sign, sum }) => `
 (global $dot_calls (mut i32) (i32.const 0))
 (func $relaxed_dot (param $a v128) (param $b v128) (param $c v128) (result v128)
  (local $low v128) (local $high v128)${pairSums(sign)}
  (i32x4.add ${sum} (local.get $c)))
`;

/** Writes `<name>-<reading>.wasm` for each reading into a folder. */
export function writeDotReadings(relaxedWasm, name, folder) {
  mkdirSync(folder, { recursive: true });
  const env = toolEnvironment();
  const binaryen = (program, args) => run(path.join(env.BINARYEN_ROOT, "bin", program), args, { env });
  const features = [
    "--enable-simd",
    "--enable-relaxed-simd",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
  ];
  const original = path.join(folder, `${name}.wat`);
  binaryen("wasm-dis", [relaxedWasm, "-o", original]);
  const text = readFileSync(original, "utf8");
  if (text.search(instruction) < 0) throw new Error(`${relaxedWasm} has no relaxed dot product`);
  const end = text.lastIndexOf(")");
  for (const [kind, reading] of Object.entries(readings)) {
    const wat = path.join(folder, `${name}-${kind}.wat`);
    writeFileSync(
      wat,
      text.slice(0, end).replaceAll(instruction, "call $relaxed_dot") + dotFunction(reading) + text.slice(end),
    );
    binaryen("wasm-as", [...features, wat, "-o", path.join(folder, `${name}-${kind}.wasm`)]);
  }
}
