// CommonJS of Node.js, Deno or Bun; the suite alone is an ES module.  Arguments: file of the model, options.

const kinvec = require("kinvec");
const { createIndex } = require("kinvec/search");

const [model, options] = process.argv.slice(2);
import("./environments/smoke.mjs")
  .then(({ smoke }) => smoke({ ...kinvec, createIndex }, model, JSON.parse(options)))
  .then((outcome) => console.log(JSON.stringify(outcome)));
