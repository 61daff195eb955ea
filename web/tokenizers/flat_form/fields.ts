// The parameters of one stage as GGUF metadata under a common prefix, and back: objects become dotted keys, lists of
// plain values arrays, other lists numbered keys beside a count, and null is left out.
import { typeName } from "../../arguments.ts";
import { bool, f64, type Metadata, type MetadataValue, string, u32 } from "../../convert/gguf_types.ts";
import { KinvecError } from "../../errors.ts";

/** Lists and objects inside one another; published files have four. */
const kMostDepth = 16;
const kMostLength = 65536;
const kTwo32 = 2 ** 32;

/** Parameters that hold bytes, in base64. */
const kByteFields = ["precompiled_charsmap"];
/** Parameters whose names are free text: a list of their values, each of which repeats its name as "id". */
const kNamedFields = ["special_tokens"];

/** Enters `value` under `key`. Throws MODEL_FORMAT for what no file of this kind holds. */
export function writeFields(metadata: Metadata, key: string, value: unknown, depth = 0): void {
  if (value === null || value === undefined) return;
  if (depth > kMostDepth) throw damaged(key, "is nested too deeply");
  if (Array.isArray(value)) writeList(metadata, key, value, depth);
  else if (typeof value === "object") writeObject(metadata, key, value, depth);
  else metadata.set(key, plain(key, value));
}

function writeObject(metadata: Metadata, prefix: string, object: object, depth: number): void {
  for (const [name, value] of Object.entries(object)) {
    const key = `${prefix}.${name}`;
    if (kByteFields.includes(name) && typeof value === "string") {
      metadata.set(key, { type: "u8[]", value: bytesOf(key, value) });
    } else if (kNamedFields.includes(name) && typeof value === "object" && value !== null) {
      writeList(metadata, key, Object.values(value), depth + 1);
    } else {
      writeFields(metadata, key, value, depth + 1);
    }
  }
}

function writeList(metadata: Metadata, key: string, list: readonly unknown[], depth: number): void {
  if (list.length > kMostLength) throw damaged(key, `has ${list.length} items`);
  const array = plainArray(list);
  if (array) {
    metadata.set(key, array);
    return;
  }
  metadata.set(`${key}.count`, u32(list.length));
  for (const [i, item] of list.entries()) writeFields(metadata, `${key}.${i}`, item, depth + 1);
}

function plain(key: string, value: unknown): MetadataValue {
  if (typeof value === "string") return string(value);
  if (typeof value === "boolean") return bool(value);
  if (typeof value !== "number") throw damaged(key, `cannot be a ${typeName(value)}`);
  if (!isWhole(value)) return f64(value);
  return value < kTwo32 ? u32(value) : { type: "u64", value };
}

/** A list of values of one kind, or nothing if it is empty or mixed. */
function plainArray(list: readonly unknown[]): MetadataValue | undefined {
  if (list.length === 0) return undefined;
  if (list.every((item) => typeof item === "string")) return { type: "string[]", value: list };
  if (list.every((item) => typeof item === "boolean")) return { type: "bool[]", value: list };
  if (!list.every((item) => typeof item === "number")) return undefined;
  if (!list.every(isWhole)) return { type: "f64[]", value: list };
  return { type: list.every((item) => item < kTwo32) ? "u32[]" : "u64[]", value: list };
}

function isWhole(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function bytesOf(key: string, base64: string): Uint8Array {
  try {
    const text = atob(base64);
    return Uint8Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
  } catch (cause) {
    throw new KinvecError("MODEL_FORMAT", `${key} is no valid base64`, { cause });
  }
}

/** A value, or what lies below a name. */
type Tree = MetadataValue | Map<string, Tree>;

/** The object whose parameters stand under `prefix`; without any, an empty one. */
export function readFields(metadata: Metadata, prefix: string): Record<string, unknown> {
  const root = new Map<string, Tree>();
  for (const [key, value] of metadata) {
    if (!key.startsWith(`${prefix}.`)) continue;
    const path = key.slice(prefix.length + 1).split(".");
    const last = path.pop() as string;
    let node = root;
    for (const name of path) {
      let child = node.get(name);
      if (!(child instanceof Map)) {
        child = new Map();
        node.set(name, child);
      }
      node = child;
    }
    node.set(last, value);
  }
  return objectOf(root);
}

function objectOf(node: ReadonlyMap<string, Tree>): Record<string, unknown> {
  // Not by assignment: a name may be "__proto__".
  return Object.fromEntries(Array.from(node, ([name, child]) => [name, jsonOf(name, child)]));
}

function jsonOf(name: string, node: Tree): unknown {
  if (!(node instanceof Map)) {
    if (node.type === "u8[]") return base64Of(node.value);
    return node.type.endsWith("[]") ? Array.from(node.value as ArrayLike<unknown>) : node.value;
  }
  const count = node.get("count");
  if (!count || count instanceof Map) return objectOf(node);
  const length = Math.min(Number(count.value), kMostLength);
  const list = Array.from({ length }, (_, i) => jsonOf("", node.get(String(i)) ?? new Map()));
  if (!kNamedFields.includes(name)) return list;
  return Object.fromEntries(list.map((item) => [(item as { id: string }).id, item]));
}

function base64Of(bytes: ArrayLike<number>): string {
  let text = "";
  for (let i = 0; i < bytes.length; i++) text += String.fromCharCode(bytes[i] as number);
  return btoa(text);
}

function damaged(key: string, what: string): KinvecError {
  return new KinvecError("MODEL_FORMAT", `tokenizer.json: ${key} ${what}`);
}
