// A request of OpenAI's embeddings API, checked field by field.
import { checkInteger, checkWord, invalid, typeName } from "../arguments.ts";

/** How vectors are written: as numbers, or as the base64 of their little-endian 32-bit floats. */
export type EncodingFormat = "float" | "base64";

/** The body of `POST /v1/embeddings`. */
export interface EmbeddingRequest<F extends EncodingFormat = EncodingFormat> {
  /** A text or a list of them. Token ids are refused: they would be those of another vocabulary. */
  input: string | readonly string[];
  /** A name, which is not looked at: the model is the one that was loaded. */
  model?: string | undefined;
  /** Keep only the first so many numbers of each vector. */
  dimensions?: number | undefined;
  /** Default `float`. */
  encoding_format?: F | undefined;
  /** Not looked at. */
  user?: string | undefined;
  /** What the texts are, for models with prompts; not among OpenAI's fields. */
  input_type?: "query" | "document" | undefined;
}

const kFields = ["input", "model", "dimensions", "encoding_format", "user", "input_type"];

/**
 * Answers the texts.
 *
 * @throws KinvecError INVALID_ARGUMENT; the message begins with the field's name.
 */
export function checkRequest(request: EmbeddingRequest, mostDimensions: number): readonly string[] {
  if (typeof request !== "object" || request === null || Array.isArray(request)) {
    throw invalid(`the request must be an object, not ${typeName(request)}`);
  }
  const unknown = Object.keys(request).find((field) => !kFields.includes(field));
  if (unknown !== undefined) throw invalid(`${unknown} is no field of the request; there are ${kFields.join(", ")}`);
  const { input, model, dimensions, encoding_format, user, input_type } = request;
  for (const [name, value] of Object.entries({ model, user })) {
    if (value !== undefined && typeof value !== "string")
      throw invalid(`${name} must be a string, not ${typeName(value)}`);
  }
  checkInteger(dimensions, "dimensions", 1, mostDimensions);
  checkWord(encoding_format, "encoding_format", ["float", "base64"]);
  checkWord(input_type, "input_type", ["query", "document"]);
  return checkInput(input);
}

function checkInput(input: unknown): readonly string[] {
  if (input === undefined) throw invalid("input is missing");
  if (typeof input === "string") return [input];
  if (!Array.isArray(input)) throw invalid(`input must be a text or a list of texts, not ${typeName(input)}`);
  for (const [at, text] of input.entries()) {
    if (typeof text === "string") continue;
    if (typeof text === "number" || Array.isArray(text)) {
      throw invalid("input must be text: token ids cannot be embedded, since a vector is made from a text", at);
    }
    throw invalid(`input[${at}] must be a string, not ${typeName(text)}`, at);
  }
  return input;
}
