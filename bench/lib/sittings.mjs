// The parts of the bench: which engines sit together, where.

import { openInBrowser } from "./browser.mjs";
import { openInNode } from "./node.mjs";

const kinvec = ["relaxed", "simd128"];

export const sittings = {
  chromium: {
    open: (names) => openInBrowser("chromium", names),
    engines: [...kinvec, "onnxruntime", "transformers", "wllama"],
    compared: ["relaxed", "simd128", "onnxruntime", "transformers", "wllama"],
  },
  firefox: { open: (names) => openInBrowser("firefox", names), engines: [...kinvec, "onnxruntime"], compared: [] },
  webkit: { open: (names) => openInBrowser("webkit", names), engines: [...kinvec, "onnxruntime"], compared: [] },
  node: {
    open: openInNode,
    engines: [...kinvec, "onnxruntime", "transformers", "native"],
    compared: ["native"],
  },
};

/** The longest workloads, in tokens, that engines take part in which are many times slower than the others. */
export const longest = { wllama: 128 };
