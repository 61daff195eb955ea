// A classic worker or service worker without any module: the scripts bring the globals `kinvec` and `suite`.

/* global kinvec, suite */
importScripts("/site/kinvec.js", "/site/smoke.js");

addEventListener("activate", (event) => event.waitUntil(globalThis.clients.claim()));

addEventListener("message", ({ data: options, ports: [port] }) => {
  suite.smoke(kinvec, "/models/all-MiniLM-L6-v2.q8.gguf", options).then(
    (result) => port.postMessage({ result }),
    (error) => port.postMessage({ error: String(error) }),
  );
});
