// The scripts for pages by their address, without any package.  Arguments: address of the model, options, address of dist/.

import { smoke } from "./environments/smoke.mjs";

const [model, options, dist] = process.argv.slice(2);
const kinvec = await import(`${dist}index.mjs`);
const { createIndex } = await import(`${dist}search.mjs`);
console.log(JSON.stringify(await smoke({ ...kinvec, createIndex }, model, JSON.parse(options))));
