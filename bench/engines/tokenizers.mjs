// Tokenizers behind the bench's engine interface: { prepare(workload) -> run(), count(workload) }. A workload names the
// tokenizer and says whether ids are wanted, or all that the engine tells of a text.

/**
 * @param {{ tokenizers: typeof import("kinvec/tokenizers"), descriptions: Record<string, object>, binary?: string }} given
 *   descriptions: contents of each tokenizer.json, by name
 */
export async function openKinvecTokenizers({ tokenizers, descriptions, binary = "auto" }) {
  const loaded = {};
  for (const [name, description] of Object.entries(descriptions)) {
    loaded[name] = await tokenizers.loadTokenizer({ ...description, truncation: null }, { binary });
  }
  return textEngine((name, ids) => {
    const tokenizer = loaded[name];
    return ids ? (text) => tokenizer.encodeIds(text).length : (text) => tokenizer.encode(text).ids.length;
  });
}

/** @param {{ Tokenizer: typeof import("@huggingface/tokenizers").Tokenizer, descriptions: Record<string, object> }} given */
export function openJavaScriptTokenizers({ Tokenizer, descriptions }) {
  const loaded = {};
  for (const [name, description] of Object.entries(descriptions)) loaded[name] = new Tokenizer(description, {});
  return textEngine((name) => (text) => loaded[name].encode(text).ids.length);
}

/** Both engines take one text after the other. */
function textEngine(encoderOf) {
  const count = ({ tokenizer, texts, ids }) => {
    const encode = encoderOf(tokenizer, ids);
    let tokens = 0;
    for (const text of texts) tokens += encode(text);
    return tokens;
  };
  return { info: {}, count, prepare: (workload) => () => count(workload) };
}
