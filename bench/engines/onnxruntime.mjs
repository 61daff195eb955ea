// onnxruntime, for the web or native, behind the bench's engine interface.  It takes token ids and gives token states: tokenizing, pooling
// and normalising are left out of its time, so it is measured at its best.

/**
 * @param {{ ort: typeof import("onnxruntime-common"), model: Uint8Array, settings?: object }} given
 *   settings: of the session, besides the level of optimisation
 */
export async function openOnnxruntime({ ort, model, settings = { executionProviders: ["wasm"] } }) {
  const session = await ort.InferenceSession.create(model, { graphOptimizationLevel: "all", ...settings });
  return {
    info: {},
    prepare: ({ ids }) => {
      const feeds = padded(ort, ids);
      return () => session.run(feeds);
    },
    embed: async (_text, ids) => {
      const { last_hidden_state: states } = await session.run(padded(ort, [ids]));
      return meanOfUnitLength(states.data, ids.length, states.dims[2]);
    },
  };
}

/** Model inputs of several texts, padded to the longest as the model needs them: int64 [texts, longest]. */
function padded(ort, ids) {
  const longest = Math.max(...ids.map((row) => row.length));
  const tensor = (value) => {
    const data = new BigInt64Array(ids.length * longest);
    for (const [row, tokens] of ids.entries()) {
      for (const [column, id] of tokens.entries()) data[row * longest + column] = value(id);
    }
    return new ort.Tensor("int64", data, [ids.length, longest]);
  };
  return { input_ids: tensor(BigInt), attention_mask: tensor(() => 1n), token_type_ids: tensor(() => 0n) };
}

function meanOfUnitLength(states, tokens, size) {
  const sum = new Float32Array(size);
  for (let at = 0; at < tokens * size; at++) sum[at % size] += states[at];
  const length = Math.hypot(...sum);
  return sum.map((value) => value / length);
}
