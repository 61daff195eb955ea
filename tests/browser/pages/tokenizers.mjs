// The page's side of package_tokenizers.test.mjs: functions that the test calls by name.

import { useTokenizers } from "./use_tokenizers.mjs";

globalThis.inPage = () => useTokenizers();

globalThis.inWorker = () =>
  new Promise((resolve, reject) => {
    const worker = new Worker("tokenizer_worker.mjs", { type: "module" });
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
  });
