// An ES module of Deno by npm specifiers.  Arguments: file of the model, options.

import * as kinvec from "npm:kinvec";
import { createIndex } from "npm:kinvec/search";
import { smoke } from "./environments/smoke.mjs";

const [model, options] = process.argv.slice(2);
console.log(JSON.stringify(await smoke({ ...kinvec, createIndex }, model, JSON.parse(options))));
