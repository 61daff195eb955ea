// kinvec serve
import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { loadModel } from "../load.ts";
import { nodePlatform } from "../platform/node.ts";
import type { LoadOptions } from "../types.ts";
import { nodeHost } from "../workers/node_host.ts";
import { embeddingServer, type ServerOptions } from "./server/embedding_server.ts";
import { integer, oneOf, parse } from "./usage.ts";

export const serveUsage = `kinvec serve <model.gguf|folder> [options]

An HTTP server in the shape of OpenAI's embeddings API: POST /v1/embeddings, GET /v1/models, GET /health.

  --port <n>               default: 8080; 0 takes any that is free
  --host <address>         default: 127.0.0.1, which this machine alone can reach
  --workers <n|auto>       works in so many threads, 1 to 64; default: 1
  --dtype <type>           numbers to compute with: auto (default), f32, q8 or q7
  --alias <name>           another name that requests may call the model by; may be repeated
  --truncate               cut texts that are too long; default: refuse them
  --cors <origin>          let pages of this origin ask, * for all; may be repeated
  --max-bytes <n>          of a request's body; default: 8388608
  --max-texts <n>          in a request; default: 2048
  --max-tokens <n>         in a request; default: 300000
  --max-requests <n>       at work or waiting; default: 64
`;

const kGraceMs = 10_000;

export async function serveCommand(args: string[], signal: AbortSignal): Promise<void> {
  const { values, positionals } = parse(
    args,
    {
      port: { type: "string", default: "8080" },
      host: { type: "string", default: "127.0.0.1" },
      workers: { type: "string", default: "1" },
      dtype: { type: "string", default: "auto" },
      alias: { type: "string", multiple: true, default: [] },
      truncate: { type: "boolean", default: false },
      cors: { type: "string", multiple: true, default: [] },
      "max-bytes": { type: "string", default: "8388608" },
      "max-texts": { type: "string", default: "2048" },
      "max-tokens": { type: "string", default: "300000" },
      "max-requests": { type: "string", default: "64" },
    },
    serveUsage,
    1,
    1,
  );
  const limit = (name: "max-bytes" | "max-texts" | "max-tokens" | "max-requests") =>
    integer(values[name], 1, 2 ** 31 - 1, name, serveUsage);
  const port = integer(values.port, 0, 65535, "port", serveUsage);
  const workers = values.workers === "auto" ? "auto" : integer(values.workers, 1, 64, "workers", serveUsage);
  const dtype = oneOf(values.dtype, ["auto", "f32", "q8", "q7"], "dtype", serveUsage);
  const options: ServerOptions = {
    aliases: values.alias,
    origins: values.cors,
    truncation: values.truncate ? "end" : "error",
    maxBytes: limit("max-bytes"),
    maxTexts: limit("max-texts"),
    maxTokens: limit("max-tokens"),
    maxRequests: limit("max-requests"),
  };

  const stop = new AbortController();
  signal.addEventListener("abort", () => stop.abort(signal.reason));
  process.once("SIGTERM", () => stop.abort(new Error("terminated")));

  const model = await loadModel(nodePlatform, nodeHost, positionals[0] as string, {
    signal: stop.signal,
    workers,
    dtype,
  } satisfies LoadOptions);
  try {
    const server = embeddingServer(model, options);
    server.listen(port, values.host);
    await once(server, "listening");
    const { name, dimensions } = model.info();
    process.stdout.write(`kinvec: ${name}, ${dimensions} dimensions, at ${addressOf(server)}\n`);
    await untilStopped(server, stop.signal);
  } finally {
    model.dispose();
  }
}

function addressOf(server: Server): string {
  const { address, port, family } = server.address() as AddressInfo;
  return `http://${family === "IPv6" ? `[${address}]` : address}:${port}`;
}

/** Requests that have come are answered; who does not take the answer is left after ten seconds. */
async function untilStopped(server: Server, signal: AbortSignal): Promise<void> {
  const closed = once(server, "close");
  if (!signal.aborted) await once(signal, "abort");
  server.close();
  setTimeout(() => server.closeAllConnections(), kGraceMs).unref();
  await closed;
}
