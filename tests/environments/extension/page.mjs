// A page of the extension, such as its popup.

import { run } from "./suite.mjs";

globalThis.run = run;
