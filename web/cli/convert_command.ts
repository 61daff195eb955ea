// kinvec convert
import { basename, resolve } from "node:path";
import { convertModel } from "../convert/convert_model.ts";
import { FILE_DTYPES } from "../convert/model_file.ts";
import { nodePlatform } from "../platform/node.ts";
import { oneOf, parse, UsageError } from "./usage.ts";
import { writeModel } from "./write_model.ts";

export const convertUsage = `kinvec convert <folder|file.gguf> -o <out.gguf> [options]

  -o, --output <file>      where to write the model
  --dtype <type>           q8 (default), q8-q4, q4 or f32
  --name <text>            name recorded in the file; default: the input's file name
  --license <id>           licence of the weights, for example apache-2.0
  --license-link <url>     address of the licence's text
  --source <url>           address the weights came from
  --pooling <kind>         mean, cls or last, where the input states none or to override it
  --no-calibration         do not measure activations first
`;

export async function convertCommand(args: string[], signal: AbortSignal): Promise<void> {
  const { values, positionals } = parse(
    args,
    {
      output: { type: "string", short: "o" },
      dtype: { type: "string", default: "q8" },
      name: { type: "string" },
      license: { type: "string" },
      "license-link": { type: "string" },
      source: { type: "string" },
      pooling: { type: "string" },
      "no-calibration": { type: "boolean", default: false },
    },
    convertUsage,
    1,
    1,
  );
  const input = positionals[0] as string;
  const { output, pooling } = values;
  if (output === undefined) throw new UsageError("--output is missing", convertUsage);
  const dtype = oneOf(values.dtype, FILE_DTYPES, "dtype", convertUsage);

  await writeModel("converting", output, dtype, (onProgress) =>
    convertModel(nodePlatform, input, {
      dtype,
      name: values.name ?? basename(resolve(input)).replace(/\.gguf$/, ""),
      license: values.license,
      licenseLink: values["license-link"],
      sourceUrl: values.source,
      pooling: pooling === undefined ? undefined : oneOf(pooling, ["mean", "cls", "last"], "pooling", convertUsage),
      ...(values["no-calibration"] && { calibration: false }),
      signal,
      onProgress,
    }),
  );
}
