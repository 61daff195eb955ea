import { KinvecError, load } from "kinvec";
import { smoke } from "smoke-suite";

globalThis.runSmoke = (options) => smoke({ KinvecError, load }, "/models/all-MiniLM-L6-v2.q8.gguf", options);
