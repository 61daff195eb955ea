// Folders of static models as model2vec and sentence-transformers publish them: a table of token vectors in
// model.safetensors, and the tokenizer.
import { KinvecError } from "../errors.ts";
import type { OpenFolder } from "../platform/platform.ts";
import { string, u32 } from "./gguf_types.ts";
import { licenseOfReadme, openWeights } from "./huggingface.ts";
import { readJsonObject } from "./json_file.ts";
import type { Safetensors } from "./safetensors.ts";
import { joinPath, readModules } from "./sentence_settings.ts";
import { STATIC_MAX_TOKENS, STATIC_POSITIONS, type StaticTable, staticMetadata } from "./static_table.ts";
import { readStaticTokenizer } from "./tokenizer_file.ts";

/** The table's name in either library's files. */
const kTableNames = ["embeddings", "embedding.weight"];

/** Where a folder's static model is, relative to it; undefined if the folder holds none. */
export async function findStaticModel(folder: OpenFolder): Promise<string | undefined> {
  const modules = await readModules(folder);
  const path = modules.get("StaticEmbedding");
  if (path !== undefined) return path;
  const config = await readJsonObject(folder, "config.json");
  return config.value("model_type") === "model2vec" ? "" : undefined;
}

/**
 * Reads the model at `path`. Weights of tokens are multiplied into their vectors, and tokens that share a vector (a
 * "mapping") get one each.
 * Rejects with MODEL_FORMAT, UNSUPPORTED_TOKENIZER or UNSUPPORTED_DTYPE.
 */
export async function openModel2vec(folder: OpenFolder, path: string): Promise<StaticTable> {
  const config = await readJsonObject(folder, "config.json");
  const modules = await readModules(folder);
  const weights = await openWeights(folder, joinPath(path, "model.safetensors"));
  const name = kTableNames.find((name) => weights.shape(name)) ?? (kTableNames[0] as string);
  const [rows, hidden] = matrixShape(weights, name);
  const [vocabulary = rows] = weights.shape("mapping") ?? [];
  for (const part of ["mapping", "weights"]) {
    const shape = weights.shape(part);
    if (shape && (shape.length !== 1 || shape[0] !== vocabulary)) {
      throw new KinvecError("MODEL_FORMAT", `${part} has shape [${shape}], but there are ${vocabulary} tokens`);
    }
  }
  const normalize = config.boolean("normalize", modules.has("Normalize"));
  const metadata = staticMetadata(hidden, normalize);
  const longest = config.has("max_length") ? config.integer("max_length", 1, 1 << 24) : STATIC_MAX_TOKENS;
  metadata.set("kinvec.max_tokens", u32(Math.min(longest, STATIC_POSITIONS)));
  const tokenizer = await readStaticTokenizer(folder, joinPath(path, "tokenizer.json"), vocabulary);
  for (const [key, value] of tokenizer) metadata.set(key, value);
  const license = await licenseOfReadme(folder);
  if (license) metadata.set("general.license", string(license));
  return { kind: "static", sizes: { vocabulary, hidden }, metadata, vectors: () => readTable(weights, name, hidden) };
}

function matrixShape(weights: Safetensors, name: string): [rows: number, columns: number] {
  const shape = weights.shape(name);
  if (!shape) throw new KinvecError("MODEL_FORMAT", `the model has no tensor ${kTableNames.join(" or ")}`);
  const [rows, columns] = shape;
  if (shape.length !== 2 || !rows || !columns) {
    throw new KinvecError("MODEL_FORMAT", `${name} has shape [${shape}], not that of a table of vectors`);
  }
  return [rows, columns];
}

async function readTable(weights: Safetensors, name: string, hidden: number): Promise<Float32Array> {
  const rows = await weights.read(name);
  const mapping = weights.shape("mapping") && (await weights.read("mapping"));
  const factors = weights.shape("weights") && (await weights.read("weights"));
  if (!mapping && !factors) return rows;
  const tokens = (mapping ?? factors)?.length ?? 0;
  const table = new Float32Array(tokens * hidden);
  for (let token = 0; token < tokens; token++) {
    const row = mapping?.[token] ?? token;
    if (!(row >= 0 && (row + 1) * hidden <= rows.length)) {
      throw new KinvecError(
        "MODEL_FORMAT",
        `the mapping gives token ${token} row ${row}, which the table does not have`,
      );
    }
    const factor = factors?.[token] ?? 1;
    for (let i = 0; i < hidden; i++) table[token * hidden + i] = factor * (rows[row * hidden + i] as number);
  }
  return table;
}
