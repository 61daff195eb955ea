// A module worker or, by its first message through a port, a shared one.

import * as kinvec from "/package/dist/index.mjs";
import { createIndex } from "/package/dist/search.mjs";
import { smoke } from "/tests/environments/smoke.mjs";
import { answer } from "./answer.mjs";

const model = "/models/all-MiniLM-L6-v2.q8.gguf";
const run = ({ data: options, ports: [port] }) => answer(port, smoke({ ...kinvec, createIndex }, model, options));

addEventListener("message", run);
addEventListener("connect", ({ ports: [port] }) => {
  port.onmessage = run;
});
