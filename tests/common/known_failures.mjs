// What has gone wrong for users of other libraries in pages, and the test of ours that guards against it, or why it
// cannot happen here. Sources are public reports, by project and number.

/** @type {{ id: string, report: string, fault: string, guard?: [file: string, name: string], because?: string }[]} */
export const knownFailures = [
  // B: numbers
  {
    id: "B1",
    report: "huggingface/transformers.js 36",
    fault: "vectors differ from the reference, and nobody says by how much",
    guard: ["js/accuracy.test.mjs", "the f32 path gives the same vectors"],
  },
  {
    id: "B2",
    report: "qdrant/fastembed 384",
    fault: "a model is pooled in another way than it was trained",
    guard: ["js/embed.test.mjs", "is the model's own: mean, first or last token"],
  },
  {
    id: "B3",
    report: "oscardvs/zoteus 51",
    fault: "pooling is guessed",
    guard: ["js/embed.test.mjs", "is refused where the model states none, unless it is given"],
  },
  {
    id: "B4",
    report: "Anush008/fastembed-rs 107",
    fault: "a text's vector depends on its batch",
    guard: ["js/embed.test.mjs", "gives a text the same bits alone, in a batch and in reverse"],
  },
  {
    id: "B7",
    report: "MinishLab/model2vec 114",
    fault: "a text without tokens gives NaN",
    guard: ["js/embed.test.mjs", "gives texts without content the vector of the special tokens, never NaN"],
  },
  {
    id: "B9",
    report: "huggingface/transformers.js 1331",
    fault: "large activations overflow in half precision",
    guard: ["js/convert.test.mjs", "keeps a model with one wild channel close to f32"],
  },
  {
    id: "B11",
    report: "google-ai-edge/mediapipe 4027",
    fault: "the similarity of 8-bit vectors is 0",
    guard: ["js/embed.test.mjs", "is the cosine, for any numeric kinds"],
  },
  {
    id: "B12",
    report: "huggingface/sentence-transformers 3121",
    fault: "8-bit vectors break the similarity",
    guard: ["js/embed.test.mjs", "is the cosine, for any numeric kinds"],
  },
  {
    id: "B14",
    report: "FlagOpen/FlagEmbedding 1",
    fault: "unrelated texts score high, so that no threshold means anything",
    guard: [
      "js/calibration.test.mjs",
      "tell apart what is there and what is not, for queries of either kind about equally",
    ],
  },
  {
    id: "B15",
    report: "FlagOpen/FlagEmbedding 9",
    fault: "it is unclear which side takes the prompt",
    guard: ["js/embed.test.mjs", "puts the model's prompt before a query and nothing before a document"],
  },
  {
    id: "B17",
    report: "huggingface/transformers.js 595",
    fault: "images are resized in another way than in training",
    because: "there are no image models",
  },
  {
    id: "B18",
    report: "huggingface/text-embeddings-inference 676",
    fault: "shortened vectors are not of length 1, or any model is shortened silently",
    guard: [
      "js/embed.test.mjs",
      "shortens vectors to unit length and warns, once, of a model that was not made for it",
    ],
  },
  // C: lengths
  {
    id: "C1",
    report: "huggingface/transformers.js 355",
    fault: "a text of one token too many reaches the model",
    guard: ["js/embed.test.mjs", "takes texts of just its length whole, and counts its special tokens"],
  },
  {
    id: "C2",
    report: "huggingface/transformers.js 421",
    fault: "texts are cut silently",
    guard: [
      "js/embed.test.mjs",
      "takes long texts in overlapping parts on request, and gives the mean of their vectors",
    ],
  },
  {
    id: "C4",
    report: "knights-analytics/hugot 73",
    fault: "a tokenizer that states no limit, or a huge one, breaks the model",
    guard: [
      "js/convert.test.mjs",
      "has the longest input that sentence-transformers states, else the tokenizer's, within its positions",
    ],
  },
  // D: calls, memory, life cycle
  {
    id: "D1",
    report: "huggingface/transformers.js 909",
    fault: "two calls at once fail",
    guard: ["js/life_cycle.test.mjs", "are answered in order, each as if it were alone"],
  },
  {
    id: "D2",
    report: "microsoft/onnxruntime 10774",
    fault: "two models cannot load at once",
    guard: ["js/life_cycle.test.mjs", "load at once and are independent"],
  },
  {
    id: "D3",
    report: "huggingface/transformers.js 836",
    fault: "disposing gives no memory back",
    guard: ["js/soak.test.mjs", "times: memory flat"],
  },
  {
    id: "D4",
    report: "microsoft/onnxruntime 13391",
    fault: "nothing can be disposed",
    guard: ["js/life_cycle.test.mjs", "rejects waiting and later calls with DISPOSED; disposing twice does nothing"],
  },
  {
    id: "D6",
    report: "microsoft/onnxruntime 15086",
    fault: "memory climbs with the number of calls",
    guard: ["js/life_cycle.test.mjs", "is steady after the first few hundred calls"],
  },
  {
    id: "D8",
    report: "microsoft/onnxruntime 10957",
    fault: "running out of memory throws a bare number",
    guard: ["js/engine_loss.test.mjs", "rejects a load with OUT_OF_MEMORY, and a later load works"],
  },
  // E: loading
  {
    id: "E1",
    report: "huggingface/transformers.js 366",
    fault: "a page of HTML is taken for the model, and kept",
    guard: ["js/cache.test.mjs", "is not kept when the server's fault is"],
  },
  {
    id: "E2",
    report: "huggingface/transformers.js 1228",
    fault: "half a download stays in the cache",
    guard: ["js/cache.test.mjs", "is removed and fetched once more (cache)"],
  },
  {
    id: "E5",
    report: "huggingface/transformers.js 99",
    fault: "a cache that fails, fails the load or goes unnoticed",
    guard: ["js/cache.test.mjs", "a cache that fails does not fail the load:"],
  },
  {
    id: "E6",
    report: "huggingface/transformers.js 685",
    fault: "the binary comes from elsewhere, so the page does not work offline",
    guard: ["environments/browsers.test.mjs", "offline after the first visit"],
  },
  {
    id: "E7",
    report: "huggingface/transformers.js 991",
    fault: "bytes cannot be given",
    guard: ["js/sources.test.mjs", "bytes in every form"],
  },
  {
    id: "E8",
    report: "huggingface/transformers.js 1182",
    fault: "a download cannot be cancelled",
    guard: ["js/sources.test.mjs", "half-way through a download that hangs"],
  },
  {
    id: "E10",
    report: "huggingface/transformers.js 1187",
    fault: "other addresses are tried than the one given",
    guard: ["js/sources.test.mjs", "exactly the address given"],
  },
  {
    id: "E12",
    report: "ngxson/wllama 87",
    fault: "a kept model does not load without a network",
    guard: ["js/cache.test.mjs", "is fetched once, and comes from there when the server is gone"],
  },
  // F: platforms
  {
    id: "F1",
    report: "emscripten-core/emscripten 20994",
    fault: "the glue makes code from text",
    guard: ["js/web_build.test.mjs", "has no Node.js import and makes no code from text"],
  },
  {
    id: "F2",
    report: "microsoft/onnxruntime 19708",
    fault: "the worker is a blob",
    guard: ["environments/page_environments.mjs", "workers: 1"],
  },
  {
    id: "F4",
    report: "huggingface/transformers.js 787",
    fault: "a service worker cannot import on demand",
    guard: ["environments/page_environments.mjs", "service worker"],
  },
  {
    id: "F5",
    report: "microsoft/onnxruntime 22113",
    fault: "bundlers lose the binary or the worker",
    guard: ["bundlers/bundlers.test.mjs", "builds a page that works"],
  },
  {
    id: "F6",
    report: "emscripten-core/emscripten 26419",
    fault: "the page's build imports from Node.js",
    guard: ["js/web_build.test.mjs", "has no Node.js import and makes no code from text"],
  },
  {
    id: "F7",
    report: "thx/resvg-js 186",
    fault: "the binaries are not exported",
    guard: ["js/package_files.test.mjs", "are found by both ways of resolving"],
  },
  {
    id: "F8",
    report: "anush008/fastembed-js 29",
    fault: "module kinds are told apart by the wrong ending",
    guard: ["environments/program_environments.mjs", "require"],
  },
  {
    id: "F9",
    report: "huggingface/transformers.js 152",
    fault: "CommonJS cannot require the package",
    guard: ["environments/program_environments.mjs", "Jest"],
  },
  {
    id: "F12",
    report: "huggingface/transformers.js 1241",
    fault: "memory while loading is several times the file",
    guard: ["js/life_cycle.test.mjs", "is never more while loading than a quarter above the file, and 8 MB"],
  },
  {
    id: "F14",
    report: "huggingface/transformers.js 78",
    fault: "Deno cannot import the package",
    guard: ["environments/program_environments.mjs", "Deno"],
  },
  {
    id: "F15",
    report: "microsoft/onnxruntime 21811",
    fault: "file names change in a minor release",
    guard: ["js/package_files.test.mjs", "are those of the list: files"],
  },
  {
    id: "F17",
    report: "google-ai-edge/mediapipe 5257",
    fault: "module workers fail, or classic ones",
    guard: ["environments/page_environments.mjs", "classic worker"],
  },
  {
    id: "F18",
    report: "tickernelz/opencode-mem 56",
    fault: "the index works in pages only",
    guard: ["js/saved_index.test.mjs", "takes URLs, paths, responses, streams, bytes and blobs"],
  },
  {
    id: "F19",
    report: "SAP/open-ux-tools 4784",
    fault: "the package brings hundreds of megabytes",
    guard: ["environments/published.test.mjs", "brings no other package"],
  },
  // G: search
  {
    id: "G1",
    report: "tantaraio/voy 5",
    fault: "a saved index is one string, which has a largest size",
    guard: ["js/saved_index.test.mjs", "of 100,000 vectors of 384 is saved and loaded, also as a stream"],
  },
  {
    id: "G2",
    report: "bobmatnyc/mcp-vector-search 114",
    fault: "an index is searched with another model's vectors",
    guard: [
      "js/fingerprint.test.mjs",
      "refuses another model's vectors of the same width, and then holds none of them",
    ],
  },
  {
    id: "G4",
    report: "oramasearch/orama 849",
    fault: "the documented example throws",
    guard: ["js/readme.test.mjs", "has an example that runs"],
  },
  {
    id: "G5",
    report: "pluginslab/wp-agentic-admin 231",
    fault: "hits come without scores",
    guard: ["js/search.test.mjs", "finds the nearest items with their true scores, best first"],
  },
  // H: seen in the sources of others
  {
    id: "H1",
    report: "fastembed-js, read",
    fault: "every model is pooled by its first token",
    guard: ["js/embed.test.mjs", "is the model's own: mean, first or last token"],
  },
  {
    id: "H4",
    report: "LangChain.js, adapter for transformers.js, read",
    fault: "newlines become blanks, and all batches start at once",
    guard: ["adapters/langchain.test.mjs", "leave newlines where they are, unlike the adapter for transformers.js"],
  },
  {
    id: "H5",
    report: "transformers.js, read",
    fault: "the call without options gives a matrix of tokens, not a vector",
    guard: ["js/embed.test.mjs", "gives one unit vector for one text"],
  },
  {
    id: "H6",
    report: "ngxson/wllama, read",
    fault: "the worker is a blob",
    guard: ["environments/page_environments.mjs", "workers: 1"],
  },
];
