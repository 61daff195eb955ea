import { readFile, writeFile } from "node:fs/promises";
import { load } from "kinvec";
import { createIndex } from "kinvec/search";

const articles = JSON.parse(await readFile("articles.json", "utf8"));
const model = await load("models/all-MiniLM-L6-v2.q8.gguf");
const index = await createIndex({ model, precision: "int8" });
index.add(Object.keys(articles), await model.embed(Object.values(articles), { role: "document" }));
await writeFile("articles.index", index.save());
