// One use of a collection, from its items to an encrypted file and back; runs in Node.js and in pages.

const passphrase = "correct horse battery staple";

/** Answers what searches find in the collection that comes back, numbers to nine digits: logarithms differ in their last bit. */
export async function searchKeptCollection(model, texts, { createCollection, loadCollection, encrypt, decrypt }) {
  const made = await createCollection({ model });
  await made.add(texts.map((text, id) => ({ id, text, even: id % 2 === 0 })));
  const encrypted = await encrypt(made.saveStream(), passphrase);
  const bytes = await decrypt(await new Response(encrypted).arrayBuffer(), passphrase);
  const kept = await loadCollection(bytes, { model });
  const found = [];
  for (const by of ["meaning", "words", "both"]) {
    const options = { by, passages: true, groupDuplicates: true, where: { even: true }, topK: 5 };
    found.push(await kept.search("Where is the coffee? 東京タワー", options));
  }
  made.dispose();
  kept.dispose();
  return JSON.parse(
    JSON.stringify(found, (_, value) => (typeof value === "number" ? Number(value.toFixed(9)) : value)),
  );
}
