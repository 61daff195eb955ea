// What the engines are called in reports.

export const titles = {
  relaxed: "kinvec, relaxed SIMD",
  simd128: "kinvec, SIMD128",
  onnxruntime: "onnxruntime-web int8",
  transformers: "transformers.js q8",
  wllama: "wllama Q8_0",
  native: "onnxruntime int8, native",
};
export const shortTitles = {
  relaxed: "relaxed",
  simd128: "SIMD128",
  onnxruntime: "ort",
  transformers: "tf.js",
  wllama: "wllama",
  native: "native",
};
export const ours = ["relaxed", "simd128"];
export const peers = ["onnxruntime", "transformers", "wllama", "native"];
