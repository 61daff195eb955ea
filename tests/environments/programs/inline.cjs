// kinvec/inline as CommonJS, which takes no paths.  Arguments: file of the model, options.

const { readFileSync } = require("node:fs");
const kinvec = require("kinvec/inline");

const [model, options] = process.argv.slice(2);
import("./environments/smoke.mjs")
  .then(({ smoke }) => smoke(kinvec, readFileSync(model), JSON.parse(options)))
  .then((outcome) => console.log(JSON.stringify(outcome)));
