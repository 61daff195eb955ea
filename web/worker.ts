// The script of a pool's workers in a page. It has no Node.js import; web/worker.node.ts is its twin.
import { yieldToEventLoop } from "./platform/page.ts";
import { serve } from "./workers/serve.ts";

serve(
  { yieldToEventLoop },
  {
    post: (message) => globalThis.postMessage(message),
    listen: (receive) => globalThis.addEventListener("message", ({ data }) => receive(data)),
  },
);
