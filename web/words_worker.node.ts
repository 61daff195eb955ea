// The script of the workers that train word vectors in Node.js.
import { parentPort } from "node:worker_threads";
import { serveTraining } from "./words/training/joint/serve_training.ts";

if (!parentPort) throw new Error("kinvec/words-worker is the script of a worker: trainWordVectors() starts it");
const port = parentPort;
serveTraining({
  post: (message, transfer = []) => port.postMessage(message, transfer),
  listen: (receive) => port.on("message", receive),
});
