// Kinvec behind the bench's engine interface: { info, prepare(batch) -> run(), embed(text, ids) -> vector }.
// From text to normalised vector.

/** @param {{ kinvec: typeof import("kinvec"), source: string, binary: "relaxed" | "simd128" }} given */
export async function openKinvec({ kinvec, source, binary }) {
  const model = await kinvec.load(source, { binary });
  const { probe } = model.info();
  return {
    info: { binary, probe },
    prepare:
      ({ texts }) =>
      () =>
        model.embed(texts),
    embed: async (text) => (await model.embed(text)).vectors[0],
  };
}
