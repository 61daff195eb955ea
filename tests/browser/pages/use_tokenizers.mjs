// Loads and trains tokenizers, in a page or in a worker, and answers with plain JSON.

import { KinvecError, loadTokenizer, trainTokenizer } from "/package/dist/tokenizers.mjs";
import { bpeJson, wordpieceJson } from "/tests/js/small_tokenizers.mjs";

const text = "The \u00FCnwanted CAT \u{1F600}!";

export async function useTokenizers() {
  const wordpiece = await loadTokenizer(new Blob([JSON.stringify(wordpieceJson())]));
  const bpe = await loadTokenizer(bpeJson());
  const model = await loadTokenizer("/models/all-MiniLM-L6-v2.q8.gguf");
  const fractions = [];
  const trained = await trainTokenizer(Array(50).fill("low lower lowest"), {
    model: "wordpiece",
    vocabSize: 100,
    onProgress: ({ fraction }) => fractions.push(fraction),
  });
  const wordpieces = wordpiece.encode(text);
  return {
    wordpiece: wordpieces.tokens,
    slices: wordpieces.offsets.map(([start, end]) => text.slice(start, end)),
    bytes: bpe.decode(bpe.encodeIds(text)),
    model: model.encode("unbelievably good").tokens,
    trained: trained.encode("lowest").tokens,
    lastFraction: fractions.at(-1),
    error: await loadTokenizer("{").catch((error) => error instanceof KinvecError && error.code),
  };
}
