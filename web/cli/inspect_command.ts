// kinvec inspect
import { GgufFile } from "../convert/gguf_checkpoint.ts";
import type { Metadata, MetadataValue } from "../convert/gguf_types.ts";
import { KinvecError } from "../errors.ts";
import { candidates, openInstance } from "../native/choose.ts";
import { Instance } from "../native/instance.ts";
import type { NativeGgufTensor } from "../native/module.ts";
import { nodePlatform } from "../platform/node.ts";
import { receive } from "../source/receive.ts";
import { isFolder } from "../source/resolve.ts";
import { parse } from "./usage.ts";

export const inspectUsage = `kinvec inspect <model.gguf> [options]

Prints the metadata and tensors of a GGUF file.

  --json                   as one JSON object, with arrays in full
`;

const kLongestValue = 72;
const kArrayItems = 6;

export async function inspectCommand(args: string[], signal: AbortSignal): Promise<void> {
  const { values, positionals } = parse(args, { json: { type: "boolean", default: false } }, inspectUsage, 1, 1);
  const opened = await nodePlatform.openUrl(nodePlatform.resolveUrl(positionals[0] as string));
  if (isFolder(opened)) throw new KinvecError("MODEL_FORMAT", `${positionals[0]} is a folder, not a GGUF file`);
  const { instance } = await openInstance(Instance.open, nodePlatform, candidates(nodePlatform, {}), {});
  const file = new GgufFile(instance);
  const { bytes } = await receive(await opened.open(signal), file.block, { name: opened.name, signal });
  file.parse();
  const metadata = file.metadata();
  const tensors = file.tensors();
  process.stdout.write(values.json ? asJson(bytes, metadata, tensors) : asText(bytes, metadata, tensors));
}

function asJson(bytes: number, metadata: Metadata, tensors: readonly NativeGgufTensor[]): string {
  const values = Object.fromEntries([...metadata].map(([key, { value }]) => [key, value]));
  return `${JSON.stringify({ bytes, metadata: values, tensors }, undefined, 2)}\n`;
}

function asText(bytes: number, metadata: Metadata, tensors: readonly NativeGgufTensor[]): string {
  const card = [...metadata].map(([key, entry]) => [key, entry.type, shown(entry)]);
  const list = tensors.map(({ name, type, shape, byteLength }) => [name, type, shape.join(" x "), `${byteLength}`]);
  const total = tensors.reduce((sum, { byteLength }) => sum + byteLength, 0);
  return [
    `${bytes} bytes, ${metadata.size} metadata entries, ${tensors.length} tensors of ${total} bytes`,
    "",
    ...table(["key", "type", "value"], card),
    "",
    ...table(["tensor", "type", "shape", "bytes"], list),
    "",
  ].join("\n");
}

function shown({ value }: MetadataValue): string {
  const isList = typeof value === "object";
  const items = isList ? Array.from(value as ArrayLike<unknown>).slice(0, kArrayItems) : [value];
  const text = items.map((item) => (typeof item === "string" ? JSON.stringify(item) : String(item))).join(", ");
  const short = text.length > kLongestValue ? `${text.slice(0, kLongestValue)}...` : text;
  if (!isList) return short;
  const { length } = value as ArrayLike<unknown>;
  return length > kArrayItems ? `[${short}, ...] (${length})` : `[${short}]`;
}

/** Left-aligned columns under their titles. */
function table(titles: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [titles, ...rows];
  const widths = titles.map((_, column) => Math.max(...all.map((row) => (row[column] ?? "").length)));
  return all.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
