// kinvec/inline as an ES module, which takes no paths.  Arguments: file of the model, options.

import { readFile } from "node:fs/promises";
import * as kinvec from "kinvec/inline";
import { smoke } from "./environments/smoke.mjs";

const [model, options] = process.argv.slice(2);
console.log(JSON.stringify(await smoke(kinvec, await readFile(model), JSON.parse(options))));
