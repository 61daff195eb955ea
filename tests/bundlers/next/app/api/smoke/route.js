import { KinvecError, load } from "kinvec";
import { smoke } from "smoke-suite";

export async function POST(request) {
  const options = await request.json();
  return Response.json(await smoke({ KinvecError, load }, "public/models/all-MiniLM-L6-v2.q8.gguf", options));
}
