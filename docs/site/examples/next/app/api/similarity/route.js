import { load, similarity } from "kinvec";

let loaded;

export async function POST(request) {
  const texts = await request.json();
  loaded ??= load("public/models/all-MiniLM-L6-v2.q8.gguf");
  const { vectors } = await (await loaded).embed(texts);
  return Response.json(similarity(vectors[0], vectors[1]));
}
