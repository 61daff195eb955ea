// kinvec embed
import { loadModel } from "../load.ts";
import type { Model } from "../model.ts";
import { nodePlatform } from "../platform/node.ts";
import type { EmbedOptions } from "../types.ts";
import { nodeHost } from "../workers/node_host.ts";
import { lineBatches } from "./lines.ts";
import { writeWhole } from "./output_file.ts";
import { ProgressBar } from "./progress_bar.ts";
import { oneOf, parse, UsageError } from "./usage.ts";
import { openSink, type VectorSink } from "./vector_sinks.ts";

export const embedUsage = `kinvec embed <model.gguf|folder> [texts.txt] [options]

One vector per line of the file, or of standard input.

  -o, --output <file>      where to write; default: standard output
  --format <format>        jsonl (default) or npy
  --role <role>            query or document: puts the model's prompt in front of each line
  --dimensions <n>         keep only the first n numbers of each vector
`;

export async function embedCommand(args: string[], signal: AbortSignal): Promise<void> {
  const { values, positionals } = parse(
    args,
    {
      output: { type: "string", short: "o" },
      format: { type: "string", default: "jsonl" },
      role: { type: "string" },
      dimensions: { type: "string" },
    },
    embedUsage,
    1,
    2,
  );
  const [source, texts] = positionals as [string, string | undefined];
  const format = oneOf(values.format, ["jsonl", "npy"], "format", embedUsage);
  const { output, role, dimensions } = values;
  if (format === "npy" && output === undefined && process.stdout.isTTY) {
    throw new UsageError("a .npy file is not for reading; name it with --output", embedUsage);
  }
  const options: EmbedOptions = {
    role: role === undefined ? undefined : oneOf(role, ["query", "document"], "role", embedUsage),
    dimensions: dimensions === undefined ? undefined : Number(dimensions),
    signal,
  };

  const bar = new ProgressBar("embedding");
  const model = await loadModel(nodePlatform, nodeHost, source, { signal });
  const length = options.dimensions ?? model.info().dimensions;
  try {
    if (output === undefined) await embedLines(model, texts, options, openSink(format, undefined, length), bar);
    else {
      await writeWhole(output, (file) => embedLines(model, texts, options, openSink(format, file, length), bar));
    }
  } finally {
    bar.clear();
    model.dispose();
  }
}

async function embedLines(
  model: Model,
  texts: string | undefined,
  options: EmbedOptions,
  sink: VectorSink,
  bar: ProgressBar,
): Promise<void> {
  let done = 0;
  let cut = 0;
  for await (const { lines, fraction } of lineBatches(texts, options.signal as AbortSignal)) {
    const result = await model.embed(lines, options);
    await sink.write(lines, result);
    done += lines.length;
    cut += result.truncated.filter(Boolean).length;
    bar.update(fraction, `${done} lines`);
  }
  await sink.finish();
  bar.clear();
  if (cut > 0) process.stderr.write(`kinvec: ${cut} of ${done} lines were cut at ${model.info().maxTokens} tokens\n`);
}
