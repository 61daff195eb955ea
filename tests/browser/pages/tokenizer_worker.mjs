// Does in a worker what the page does itself.

import { useTokenizers } from "./use_tokenizers.mjs";

useTokenizers().then(
  (answer) => postMessage(answer),
  (error) => postMessage(String(error)),
);
