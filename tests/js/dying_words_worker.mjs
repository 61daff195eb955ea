// The package's worker that trains word vectors, which ends where this word is read, or once it is to train.

import { parentPort } from "node:worker_threads";
import "kinvec/words-worker";

let exits = false;
parentPort.on("message", ({ method, args }) => {
  if (method === "read" && args[0].includes("throw")) throw new Error("out of luck");
  if (method === "read" && args[0].includes("exit")) exits = true;
  if (method === "train" && exits) process.exit(3);
});
