// An ES module of Node.js, Deno or Bun.  Arguments: file of the model, options.

import * as kinvec from "kinvec";
import { createIndex } from "kinvec/search";
import { smoke } from "./environments/smoke.mjs";

const [model, options] = process.argv.slice(2);
console.log(JSON.stringify(await smoke({ ...kinvec, createIndex }, model, JSON.parse(options))));
