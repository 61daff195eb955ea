// kinvec distill
import { basename, resolve } from "node:path";
import { type DistillOptions, distillModel } from "../convert/distill/distill_model.ts";
import { nodePlatform } from "../platform/node.ts";
import { lineBatches } from "./lines.ts";
import { integer, oneOf, parse, UsageError } from "./usage.ts";
import { writeModel } from "./write_model.ts";

export const distillUsage = `kinvec distill <model.gguf|folder> -o <out.gguf> [options]

A static model of a transformer: a vector per token, and a text's vector is their mean.

  -o, --output <file>      where to write the model
  --texts <file>           texts of the kind the model is for, one a line: vectors are fitted to them
  --tokens <n>             keep the n tokens most frequent in the texts; default: all
  --dimensions <n>         length of the vectors; default: 256
  --dtype <type>           q8 (default), q4 or f32
  --no-fit                 take frequencies from the texts and nothing more
  --name <text>            name recorded in the file; default: the input's file name
  --license <id>           licence of the result; default: the input's
`;

const kMost = 1 << 24;

export async function distillCommand(args: string[], signal: AbortSignal): Promise<void> {
  const { values, positionals } = parse(
    args,
    {
      output: { type: "string", short: "o" },
      texts: { type: "string" },
      tokens: { type: "string" },
      dimensions: { type: "string" },
      dtype: { type: "string", default: "q8" },
      "no-fit": { type: "boolean", default: false },
      name: { type: "string" },
      license: { type: "string" },
    },
    distillUsage,
    1,
    1,
  );
  const input = positionals[0] as string;
  const { output, texts, tokens, dimensions } = values;
  if (output === undefined) throw new UsageError("--output is missing", distillUsage);
  if (tokens !== undefined && texts === undefined) throw new UsageError("--tokens needs --texts", distillUsage);
  const dtype = oneOf(values.dtype, ["q8", "q4", "f32"], "dtype", distillUsage);
  const count = (value: string | undefined, option: string) =>
    value === undefined ? undefined : integer(value, 1, kMost, option, distillUsage);
  const options: DistillOptions = {
    dtype,
    dimensions: count(dimensions, "dimensions"),
    vocabularySize: count(tokens, "tokens"),
    fit: !values["no-fit"],
    name: values.name ?? basename(resolve(input)).replace(/(\.q\d)?\.gguf$/, ""),
    license: values.license,
    signal,
  };

  await writeModel("distilling", output, dtype, async (onProgress) =>
    distillModel(nodePlatform, input, {
      ...options,
      ...(texts !== undefined && { texts: await readLines(texts, signal) }),
      onProgress,
    }),
  );
}

/** The lines of a file that are not blank. */
async function readLines(path: string, signal: AbortSignal): Promise<string[]> {
  const texts: string[] = [];
  for await (const { lines } of lineBatches(path, signal)) {
    for (const line of lines) if (line.trim() !== "") texts.push(line);
  }
  return texts;
}
