// kinvec/inline under Jest.

const { readFileSync, writeFileSync } = require("node:fs");
const kinvec = require("kinvec/inline");
const { smoke } = require("./environments/smoke.cjs");

const { KINVEC_MODEL, KINVEC_OPTIONS, KINVEC_OUTCOME } = process.env;

globalThis.test("smoke suite", async () => {
  const outcome = await smoke(kinvec, readFileSync(KINVEC_MODEL), JSON.parse(KINVEC_OPTIONS));
  writeFileSync(KINVEC_OUTCOME, JSON.stringify(outcome));
});
