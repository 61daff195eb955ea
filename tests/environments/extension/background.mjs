// The extension's service worker.

import { run } from "./suite.mjs";

globalThis.run = run;
