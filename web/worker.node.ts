// The script of a pool's workers in Node.js.
import { setImmediate } from "node:timers/promises";
import { parentPort } from "node:worker_threads";
import { serve } from "./workers/serve.ts";

if (!parentPort) throw new Error("kinvec/worker is the script of a worker: load() starts it");
const port = parentPort;
serve(
  { yieldToEventLoop: () => setImmediate() },
  {
    post: (message) => port.postMessage(message),
    listen: (receive) => port.on("message", receive),
  },
);
