// What the reference pipeline finds on Cranfield, as eval/reference/make_cranfield.py has written it.

import { readFileSync } from "node:fs";

export const cranfieldReference = JSON.parse(
  readFileSync(new URL("../reference/cranfield.json", import.meta.url), "utf8"),
);
