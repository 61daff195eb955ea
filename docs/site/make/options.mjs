// The tables of options, from the TSDoc comments: none can be missing, and none can say something else than the types.

import { ReflectionKind } from "typedoc";

/** Which options belong to which call, by the interface that lists them. */
const interfaces = [
  "LoadOptions",
  "WasmOptions",
  "EmbedOptions",
  "TokenizeOptions",
  "AttentionOptions",
  "IndexOptions",
  "LoadIndexOptions",
  "SearchOptions",
  "GraphOptions",
  "CollectionOptions",
  "LoadCollectionOptions",
  "AddOptions",
  "CollectionSearchOptions",
  "Bm25Options",
  "Bm25SearchOptions",
  "FuseOptions",
  "DiversifyOptions",
  "GroupOptions",
  "CalibrateOptions",
  "SentenceOptions",
  "PassageOptions",
  "ProfileOptions",
  "RecommenderOptions",
  "RecommendOptions",
  "ExplainOptions",
  "InterestOptions",
  "StarterOptions",
  "CountOptions",
  "TfidfOptions",
  "NearestRowsOptions",
  "LoadWordVectorsOptions",
  "NearestOptions",
  "AnalogyOptions",
  "SaveWordVectorsOptions",
  "LoadWordsOptions",
  "PredictOptions",
  "WordTrainingOptions",
  "PcaOptions",
  "QuantizeInt8Options",
  "QuantizeBinaryOptions",
  "BinarySimilarityOptions",
  "LoadTokenizerOptions",
  "EncodeOptions",
  "TruncationOptions",
  "DecodeOptions",
  "TrainOptions",
  "ConvertOptions",
  "DistillOptions",
  "AdapterOptions",
  "EmbeddingModelOptions",
  "PluginOptions",
];

/** @returns {Record<string, string>} Markdown by the name of the interface */
export function optionTables(project) {
  const known = project.getReflectionsByKind(ReflectionKind.Interface);
  const named = known.filter(({ name }) => name.endsWith("Options") && name !== "KinvecErrorOptions");
  const unlisted = named.filter(({ name }) => !interfaces.includes(name)).map(({ name }) => name);
  if (unlisted.length > 0) throw new Error(`docs/site/make/options.mjs does not list ${unlisted.join(", ")}`);
  return Object.fromEntries(
    interfaces.map((name) => {
      const found = named.find((one) => one.name === name);
      if (!found) throw new Error(`there is no interface ${name}`);
      return [name, optionTable(found)];
    }),
  );
}

function optionTable({ name, children }) {
  const rows = children.map((option) => {
    const meaning = textOf(option.comment);
    if (!meaning) throw new Error(`${name}.${option.name} has no comment`);
    const required = option.flags.isOptional ? "" : " (required)";
    return `| \`${option.name}\`${required} | ${typeOf(option)} | ${meaning} |`;
  });
  return ["| option | type | meaning |", "| --- | --- | --- |", ...rows].join("\n");
}

/** The type as code; what is optional need not say so again. */
function typeOf({ type }) {
  const types = type.type === "union" ? type.types : [type];
  const words = types.map(String).filter((word) => word !== "undefined");
  const booleans = new Set(["true", "false"]);
  const joined = words.every((word) => booleans.has(word)) ? ["boolean"] : words;
  return `\`${joined.join(" \\| ")}\``;
}

function textOf(comment) {
  const parts = comment?.summary ?? [];
  return parts
    .map(({ kind, text }) => (kind === "inline-tag" ? `\`${text}\`` : text))
    .join("")
    .replace(/\s+/g, " ")
    .trim();
}
