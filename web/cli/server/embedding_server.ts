// An HTTP server that answers as OpenAI's embeddings API does. Nothing of the texts is kept or logged.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { checkRequest, type EmbeddingRequest } from "../../adapters/embedding_request.ts";
import { createEmbedding } from "../../adapters/openai.ts";
import { KinvecError } from "../../errors.ts";
import type { Model } from "../../model.ts";
import { checkTokens } from "./check_tokens.ts";
import { asHttpError, errorBody, HttpError } from "./http_error.ts";
import { jsonBody } from "./json_body.ts";

export interface ServerOptions {
  /** Names of the model besides its own. */
  aliases: readonly string[];
  /** Origins whose pages may ask; none: no CORS headers. */
  origins: readonly string[];
  truncation: "end" | "error";
  maxBytes: number;
  maxTexts: number;
  maxTokens: number;
  /** Requests for vectors that are at work or waiting. */
  maxRequests: number;
}

const kRequestTimeoutMs = 60_000; // for a request to arrive
const kRetrySeconds = "1";

type Method = "GET" | "POST";
type Handler = (request: IncomingMessage, signal: AbortSignal) => unknown;

/** The server is yet to listen. */
export function embeddingServer(model: Model, options: ServerOptions): Server {
  const created = Math.floor(Date.now() / 1000);
  const names = [model.info().name, ...options.aliases];
  const entries = names.map((id) => ({ id, object: "model", created, owned_by: "kinvec" }));
  let running = 0;
  let lost = false;

  const embeddings: Handler = async (request, signal) => {
    if (running >= options.maxRequests) {
      throw new HttpError(503, "overloaded", "too many requests are waiting", { "retry-after": kRetrySeconds });
    }
    running++;
    try {
      const body = (await jsonBody(request, options.maxBytes)) as EmbeddingRequest;
      const texts = checkRequest(body, model.info().dimensions);
      if (body.model === undefined) throw new HttpError(400, "missing_model", "model is missing");
      checkName(body.model, names);
      if (texts.length > options.maxTexts) {
        throw new HttpError(413, "too_many_texts", `input has ${texts.length} texts, the most is ${options.maxTexts}`);
      }
      await checkTokens(model, texts, options.maxTokens, signal);
      const answer = await createEmbedding(model, body, { truncation: options.truncation, signal });
      lost = false;
      return answer;
    } catch (error) {
      lost ||= error instanceof KinvecError && error.code === "ENGINE_LOST";
      throw error;
    } finally {
      running--;
    }
  };

  const health: Handler = () => {
    if (lost) throw new HttpError(503, "engine_lost", "the engine has failed; start the server again");
    return { status: "ok" };
  };

  const handlerOf = (path: string): [Method, Handler] => {
    if (path === "/health") return ["GET", health];
    if (path === "/v1/embeddings") return ["POST", embeddings];
    if (path === "/v1/models") return ["GET", () => ({ object: "list", data: entries })];
    const [, name] = /^\/v1\/models\/(.+)$/.exec(path) ?? [];
    if (name === undefined) throw new HttpError(404, "not_found", "there is nothing at this address");
    return ["GET", () => entries[checkName(decoded(name), names)]];
  };

  const server = createServer({ requestTimeout: kRequestTimeoutMs }, async (request, response) => {
    const gone = new AbortController();
    response.once("close", () => gone.abort(new Error("the client went away")));
    const answer = (status: number, body: unknown, headers?: Readonly<Record<string, string>>) => {
      if (!server.listening) response.setHeader("connection", "close"); // it is to end
      send(response, status, body, headers);
    };
    try {
      allowOrigin(request, response, options.origins);
      const [path] = (request.url ?? "").split("?", 1) as [string];
      const [method, handler] = handlerOf(path);
      if (request.method === "OPTIONS" && options.origins.length > 0) {
        preflight(request, response, method);
        return;
      }
      const asked = request.method === "HEAD" ? "GET" : request.method;
      if (asked !== method) {
        throw new HttpError(405, "method_not_allowed", `this address takes ${method}`, { allow: method });
      }
      answer(200, await handler(request, gone.signal));
    } catch (error) {
      if (gone.signal.aborted) return;
      const problem = asHttpError(error);
      answer(problem.status, errorBody(problem), problem.headers);
    }
  });
  return server;
}

/** Answers the name's position. */
function checkName(name: string, names: readonly string[]): number {
  const at = names.indexOf(name);
  if (at >= 0) return at;
  throw new HttpError(
    404,
    "model_not_found",
    `model ${JSON.stringify(name)} is not here; there is ${names.join(", ")}`,
  );
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function allowOrigin({ headers }: IncomingMessage, response: ServerResponse, origins: readonly string[]): void {
  if (origins.length === 0) return;
  const all = origins.includes("*");
  if (!all) response.setHeader("vary", "origin");
  if (all) response.setHeader("access-control-allow-origin", "*");
  else if (headers.origin !== undefined && origins.includes(headers.origin)) {
    response.setHeader("access-control-allow-origin", headers.origin);
  }
}

/** A page may send whatever headers it asks for: clients send some of their own. */
function preflight({ headers }: IncomingMessage, response: ServerResponse, method: Method): void {
  response.setHeader("access-control-allow-methods", method);
  response.setHeader("access-control-allow-headers", headers["access-control-request-headers"] ?? "content-type");
  response.setHeader("access-control-max-age", "600");
  response.writeHead(204).end();
}

function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
}
