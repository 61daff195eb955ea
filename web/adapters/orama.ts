// kinvec/adapters/orama: a plug-in for Orama that embeds documents as they come in, and the terms of searches.
import { invalid, typeName } from "../arguments.ts";
import { KinvecError } from "../errors.ts";
import { type AdapterOptions, checkAdapter, embedList, numbers, type TextModel } from "./embed_list.ts";

export type { AdapterOptions, TextModel } from "./embed_list.ts";

/** Options of `createPlugin`. */
export interface PluginOptions<Name extends string = "embedding"> extends AdapterOptions {
  /** Which properties of a document are embedded, joined by newlines; `meta.title` is one of a nested object. */
  properties: string | readonly string[];
  /** The property that holds the vector; default `embedding`. */
  vectorProperty?: Name | undefined;
  /**
   * Least cosine of a hit where a search states none, -1 to 1, default 0. Orama's own, 0.8, is more than most texts
   * that belong together reach.
   */
  similarity?: number | undefined;
}

type Document = Record<string, unknown>;

/** What the plug-in looks at in a search, and fills in. */
export interface SearchRequest {
  mode?: string | undefined;
  term?: string | undefined;
  vector?: { property: string; value: number[] | Float32Array } | undefined;
  similarity?: number | undefined;
}

/** A plug-in for `create` of Orama. */
export interface OramaPlugin<Name extends string> {
  name: "kinvec";
  /** The vector's property with the model's own dimensions, to be spread into the schema. */
  schema: Record<Name, `vector[${number}]`>;
  afterCreate(orama: { schema: unknown }): void;
  beforeInsert(orama: unknown, id: string, document: Document): Promise<void>;
  beforeInsertMultiple(orama: unknown, documents: Document[]): Promise<void>;
  beforeUpsert(orama: unknown, id: string, document: Document): Promise<void>;
  beforeUpsertMultiple(orama: unknown, documents: Document[]): Promise<void>;
  beforeSearch(orama: unknown, search: SearchRequest): Promise<void>;
}

/**
 * A plug-in for Orama. Inserted documents get the vector of their text; searches of the modes `vector` and `hybrid`
 * that bring no vector get that of their term. A document without text keeps the vector it came with.
 *
 * @throws KinvecError INVALID_ARGUMENT; DIMENSION_MISMATCH from Orama's `create` where the schema's vector has another
 *   length. Inserts and searches reject with the errors of `Model.embed`.
 *
 * @example
 * ```js
 * import { create, insert, search } from "@orama/orama";
 * import { createPlugin } from "kinvec/adapters/orama";
 * const plugin = createPlugin(model, { properties: ["title", "text"] });
 * const db = create({ schema: { title: "string", text: "string", ...plugin.schema }, plugins: [plugin] });
 * await insert(db, { title: "Borscht", text: "A sour soup of beetroot." });
 * const { hits } = await search(db, { mode: "hybrid", term: "vegetable soup" });
 * ```
 */
export function createPlugin<const Name extends string = "embedding">(
  model: TextModel,
  options: PluginOptions<Name>,
): OramaPlugin<Name> {
  const { properties, vectorProperty = "embedding" as Name, similarity = 0, ...given } = checkAdapter(model, options);
  const paths = [properties].flat().map(checkPath);
  if (typeof vectorProperty !== "string") {
    throw invalid(`options.vectorProperty must be a name, not ${typeName(vectorProperty)}`);
  }
  if (paths.length === 0) throw invalid("options.properties must name a property");
  if (!(similarity >= -1 && similarity <= 1)) throw invalid(`options.similarity must be from -1 to 1`);
  const dimensions = given.dimensions ?? model.info().dimensions;
  const type = `vector[${dimensions}]` as const;

  // What the plug-in has made itself: a text's vector is made once, and anew when the document's text has changed.
  const embedded = new WeakMap<Document, string>();
  const own = new WeakSet<object>();

  const addVectors = async (documents: readonly Document[]) => {
    const isDone = (document: Document, text: string) =>
      text === "" || (embedded.get(document) === text && Array.isArray(document[vectorProperty]));
    const due = documents
      .map((document) => ({ document, text: textOf(document, paths) }))
      .filter(({ document, text }) => !isDone(document, text));
    const texts = due.map(({ text }) => text);
    const { vectors } = await embedList(model, texts, { ...given, role: "document" });
    for (const [i, { document, text }] of due.entries()) {
      (document as Record<string, unknown>)[vectorProperty] = numbers(vectors[i] as Float32Array);
      embedded.set(document, text);
    }
  };

  // Orama waits for hooks only if they are async functions, and for inserts of many documents only if the hook of those
  // is one.
  return {
    name: "kinvec",
    schema: { [vectorProperty]: type } as Record<Name, typeof type>,
    afterCreate: ({ schema }) => checkSchema(schema, vectorProperty, type),
    beforeInsert: async (_orama, _id, document) => addVectors([document]),
    beforeInsertMultiple: async (_orama, documents) => addVectors(documents),
    beforeUpsert: async (_orama, _id, document) => addVectors([document]),
    beforeUpsertMultiple: async (_orama, documents) => addVectors(documents),
    beforeSearch: async (_orama, search) => {
      if (search.mode !== "vector" && search.mode !== "hybrid") return;
      search.similarity ??= similarity;
      if (search.vector && !own.has(search.vector)) return;
      const { vectors } = await embedList(model, [search.term ?? ""], { ...given, role: "query" });
      search.vector = { property: vectorProperty, value: numbers(vectors[0] as Float32Array) };
      own.add(search.vector);
    },
  };
}

function checkPath(path: unknown): string[] {
  if (typeof path !== "string") throw invalid(`options.properties must be names, not ${typeName(path)}`);
  return path.split(".");
}

/** The texts of a document's properties; "" if there is none. */
function textOf(document: Document, paths: readonly (readonly string[])[]): string {
  const values = paths.map((path) => path.reduce<unknown>((value, key) => (value as Document)?.[key], document));
  return values.filter((value) => typeof value === "string" && value !== "").join("\n");
}

function checkSchema(schema: unknown, name: string, type: string): void {
  const found = (schema as Document | undefined)?.[name];
  if (found === type) return;
  if (found === undefined) throw invalid(`the schema has no property "${name}"; spread the plug-in's schema into it`);
  throw new KinvecError("DIMENSION_MISMATCH", `"${name}" is ${String(found)} in the schema, the model makes ${type}`);
}
