// What is timed: every kernel on the shapes of all-MiniLM-L6-v2 and the numbers of rows that occur.

/** Linear layers, inputs to outputs. */
const layers = [
  [384, 1152],
  [384, 384],
  [384, 1536],
  [1536, 384],
];
const encoderLayers = 6;

/** One to twelve rows show each height of a tile; then texts and batches. */
export const rowCounts = [...Array.from({ length: 12 }, (_, i) => i + 1), 16, 32, 64, 128];
const lengths = [8, 16, 32, 64, 128, 256];
const [heads, headSize] = [12, 32];
const rowsOfBlock = 96;

/**
 * Groups of cases that share a table. `prepare` and `run` are exports of kernel_bench.cpp and their arguments; the number
 * of times comes before those of `run`. `macs` are multiply-accumulates of one time; `rows`, where a kernel multiplies
 * no matrix.
 */
export const groups = [
  {
    name: "gemm_int8",
    title: "gemm_qd8_qc8w, int8",
    wall: "int8",
    cases: layers.flatMap(([k, n]) =>
      rowCounts.map((m) => ({
        row: `${m} rows`,
        column: `${k} → ${n}`,
        prepare: ["prepare_gemm_int8", Math.max(...rowCounts), k, n, encoderLayers],
        run: ["run_gemm_int8", m],
        macs: m * k * n,
      })),
    ),
  },
  {
    name: "gemm_f32",
    title: "gemm_f32",
    wall: "f32",
    cases: [1, 4, 32, 128].map((m) => ({
      row: `${m} rows`,
      column: "384 → 384",
      prepare: ["prepare_gemm_f32", 128, 384, 384],
      run: ["run_gemm_f32", m],
      macs: m * 384 * 384,
    })),
  },
  ...["int8", "f32"].map((form) => ({
    name: `attention_${form}`,
    title: `attention_${form}, ${heads} heads of ${headSize}`,
    wall: form,
    cases: lengths.map((length) => ({
      row: `${length} tokens`,
      column: "scores and weighted sums",
      prepare: ["prepare_attention", Math.max(...lengths)],
      run: [`run_attention_${form}`, length],
      macs: 2 * length * length * heads * headSize,
    })),
  })),
  {
    name: "rows",
    title: "row by row",
    cases: [
      ["quantize_row", "run_quantize_rows", 384],
      ["quantize_row", "run_quantize_rows", 1536],
      ["layer_norm", "run_layer_norm", 384],
      ["gelu", "run_gelu", 1536],
      ["gelu_for_steps", "run_gelu_for_steps", 1536],
    ].map(([kernel, run, width]) => ({
      row: `${kernel} [${width}]`,
      column: "time",
      prepare: ["prepare_rows", rowsOfBlock, width],
      run: [run, rowsOfBlock, width],
      rows: rowsOfBlock,
      values: rowsOfBlock * width,
    })),
  },
];

/** The multiplying instruction alone, in several loops; the fastest is what no kernel can pass. */
export const walls = ["int8", "f32"].flatMap((name) =>
  [0, 1, 2, 3].map((loop) => ({ name, run: [`run_wall_${name}`, loop], macs: [`wall_${name}_macs`, loop] })),
);
