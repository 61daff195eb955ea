// Jest as it comes: CommonJS, no flags, no configuration.

const { writeFileSync } = require("node:fs");
const kinvec = require("kinvec");
const { createIndex } = require("kinvec/search");
const { smoke } = require("./environments/smoke.cjs");

const { KINVEC_MODEL, KINVEC_OPTIONS, KINVEC_OUTCOME } = process.env;

globalThis.test("smoke suite", async () => {
  const outcome = await smoke({ ...kinvec, createIndex }, KINVEC_MODEL, JSON.parse(KINVEC_OPTIONS));
  writeFileSync(KINVEC_OUTCOME, JSON.stringify(outcome));
});
