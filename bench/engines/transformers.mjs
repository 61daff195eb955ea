// transformers.js behind the bench's engine interface.  From text to normalised vector, by its usual pipeline.

const options = { pooling: "mean", normalize: true };

/**
 * @param {{ transformers: typeof import("@huggingface/transformers"), name: string, settings: object }} given
 *   name: the model's folder below `env.localModelPath`; settings: device and session options
 */
export async function openTransformers({ transformers, name, settings }) {
  const extract = await transformers.pipeline("feature-extraction", name, { dtype: "q8", ...settings });
  return {
    info: {},
    prepare: ({ texts }) => {
      const input = texts.length === 1 ? texts[0] : texts;
      return () => extract(input, options);
    },
    embed: async (text) => Float32Array.from((await extract(text, options)).data),
  };
}
