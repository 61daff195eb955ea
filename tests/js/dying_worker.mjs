// The package's worker, which ends where one of these texts is to be embedded.

import { parentPort } from "node:worker_threads";
import "kinvec/worker";

parentPort.on("message", ({ method, args }) => {
  if (method !== "embed") return;
  if (args[0].texts.includes("exit")) process.exit(3);
  if (args[0].texts.includes("throw")) throw new Error("out of luck");
});
