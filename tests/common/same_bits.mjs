// Embeds sentences in every way a program may ask for them, and hashes the bits of what comes out.
// Runs in pages and in Node.js alike.

/** SHA-256 over the vectors' little-endian 32-bit floats, in order; lower-case hex. */
export async function hashVectors(vectors) {
  const bytes = new Uint8Array(vectors.reduce((sum, vector) => sum + vector.byteLength, 0));
  let at = 0;
  for (const vector of vectors) {
    bytes.set(new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength), at);
    at += vector.byteLength;
  }
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function embedOneByOne(model, sentences) {
  const vectors = [];
  for (const sentence of sentences) vectors.push((await model.embed(sentence)).vectors[0]);
  return vectors;
}

async function embedInBatches(model, sentences, size) {
  const vectors = [];
  for (let at = 0; at < sentences.length; at += size) {
    vectors.push(...(await model.embed(sentences.slice(at, at + size))).vectors);
  }
  return vectors;
}

/** The hash of all sentences, embedded in batches of 64. */
export async function hashInBatches(model, sentences) {
  return hashVectors(await embedInBatches(model, sentences, 64));
}

/**
 * The hash of all sentences, once per way of asking; equal if a text's vector depends on nothing but the text.
 * @param {number} calls how many short texts are embedded before the last way
 */
export async function hashEveryWay(model, sentences, calls) {
  const hashes = {};
  hashes.alone = await hashVectors(await embedOneByOne(model, sentences));
  hashes.batchesOf64 = await hashInBatches(model, sentences);
  const reversed = await embedInBatches(model, sentences.toReversed(), 64);
  hashes.reversed = await hashVectors(reversed.toReversed());
  for (let call = 0; call < calls; call++) await model.embed(`${call % 1000}`);
  hashes.afterManyCalls = await hashInBatches(model, sentences);
  return hashes;
}
