// The script of the workers that train word vectors in a page. It has no Node.js import; web/words_worker.node.ts is its twin.
import { serveTraining } from "./words/training/joint/serve_training.ts";

serveTraining({
  post: (message, transfer = []) => globalThis.postMessage(message, { transfer }),
  listen: (receive) => globalThis.addEventListener("message", ({ data }) => receive(data)),
});
