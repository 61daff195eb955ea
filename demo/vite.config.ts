import { defineConfig } from "vite";
import { contentSecurityPolicy } from "./build_plugins/content_security_policy.ts";
import { precacheList } from "./build_plugins/precache_list.ts";

export default defineConfig({
  base: "./", // the built page works from any folder of any host
  plugins: [contentSecurityPolicy(), precacheList()],
  assetsInclude: ["**/*.gguf", "**/*.bin"],
  optimizeDeps: { exclude: ["kinvec"] }, // it finds its WebAssembly beside its own script
  worker: { format: "es" },
  server: { fs: { allow: [".."] } }, // the model lies beside the demo
  build: {
    target: "es2022",
    assetsInlineLimit: 0, // the policy allows no data: addresses
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: {
        index: "index.html",
        tokenizers: "tokenizers.html",
        words: "words.html",
        attention: "attention.html",
        service_worker: "src/offline/service_worker.ts",
      },
      output: {
        entryFileNames: ({ name }) => (name === "service_worker" ? "[name].js" : "assets/[name]-[hash].js"),
      },
    },
  },
});
