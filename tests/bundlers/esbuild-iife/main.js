import { KinvecError, load } from "kinvec";
import { smoke } from "smoke-suite";

const addresses = {
  wasm: { relaxed: "/dist/kinvec-relaxed.wasm", simd128: "/dist/kinvec-simd128.wasm" },
  workerUrl: "/dist/worker.mjs",
};

globalThis.runSmoke = (options) =>
  smoke({ KinvecError, load }, "/models/all-MiniLM-L6-v2.q8.gguf", { ...addresses, ...options });
