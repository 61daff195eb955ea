"use client";

import { KinvecError, load } from "kinvec";
import { useEffect } from "react";
import { smoke } from "smoke-suite";

export default function Page() {
  useEffect(() => {
    globalThis.runSmoke = (options) => smoke({ KinvecError, load }, "/models/all-MiniLM-L6-v2.q8.gguf", options);
  }, []);
  return <h1>Kinvec</h1>;
}
