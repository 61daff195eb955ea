// How the commands that make a model file end: a bar while it is made, the file whole or not at all, and what it came to.
import { writeWhole } from "./output_file.ts";
import { ProgressBar } from "./progress_bar.ts";

type Make = (onProgress: (progress: { fraction: number }) => void) => Promise<Uint8Array>;

/** `verb` says what is being done, `dtype` how the numbers are kept. */
export async function writeModel(verb: string, output: string, dtype: string, make: Make): Promise<void> {
  const bar = new ProgressBar(verb);
  try {
    const bytes = await make(({ fraction }) => bar.update(fraction));
    await writeWhole(output, async (file) => file.writeFile(bytes));
    bar.clear();
    process.stderr.write(`${output}: ${(bytes.byteLength / 1e6).toFixed(1)} MB, ${dtype}\n`);
  } finally {
    bar.clear();
  }
}
