// Runs the f32 engine over calibration sentences and keeps statistics of each linear layer's input.
import { Engine } from "../native/engine.ts";
import type { Instance } from "../native/instance.ts";
import { NATIVE_DTYPES, NATIVE_POOLINGS } from "../native/module.ts";
import type { EncoderSizes } from "./checkpoint.ts";
import type { OnShare } from "./share.ts";
import type { InputStatistics } from "./smoothing.ts";

/** The linear layers of one encoder layer. */
export const LINEARS = ["qkv", "attnOutput", "ffnUp", "ffnDown"] as const;
export type PerLinear<T> = Record<(typeof LINEARS)[number], T>;

/** Second moments of an input about its means, as the engine sums them: [columns, columns], lower triangle. */
export type Moments = Float32Array;

/** Sentences are also read some at a time as one text, so that later positions and longer contexts are seen. */
const kSentencesPerText = 5;

/** Memory for second moments; as many layers as fit are done in one pass over the texts. */
const kMomentBytes = 128 << 20;

export class Calibration {
  readonly #engine: Engine;
  readonly #sizes: EncoderSizes;
  readonly #texts: number;
  /** Per encoder layer. */
  readonly inputs: readonly PerLinear<InputStatistics>[];
  #firstLayer = 0;
  #moments: Float32Array = new Float32Array(0); // of layers from #firstLayer on

  private constructor(engine: Engine, sizes: EncoderSizes, texts: number) {
    this.#engine = engine;
    this.#sizes = sizes;
    this.#texts = texts;
    this.inputs = splitInputs(engine.calibratedInputs(), sizes);
  }

  /** `file`: the model as an f32 GGUF file. */
  static async run(
    instance: Instance,
    file: Uint8Array,
    sizes: EncoderSizes,
    sentences: readonly string[],
    onShare: OnShare,
  ): Promise<Calibration> {
    const engine = new Engine(instance);
    engine.modelBlock.reserve(file.byteLength);
    engine.modelBlock.write(0, file);
    // Statistics do not depend on pooling, and the file may not state any.
    engine.load({ dtype: NATIVE_DTYPES.f32, pooling: NATIVE_POOLINGS.mean, verifyChecksum: false });
    const texts = [...sentences, ...longTexts(sentences)];
    engine.tokenize(texts);
    engine.beginCalibration();
    await pass(engine, texts.length, onShare);
    return new Calibration(engine, sizes, texts.length);
  }

  /** The second moments of an encoder layer's inputs; layers are to be asked for in order. */
  async moments(layer: number, onShare: OnShare): Promise<PerLinear<Moments>> {
    const { layers, hidden, intermediate } = this.#sizes;
    const perLayer = 3 * hidden ** 2 + intermediate ** 2;
    const kept = this.#moments.length / perLayer;
    if (layer < this.#firstLayer || layer >= this.#firstLayer + kept) {
      const count = Math.min(layers - layer, Math.max(1, Math.floor(kMomentBytes / (4 * perLayer))));
      this.#engine.beginMoments(layer, count);
      await pass(this.#engine, this.#texts, onShare);
      this.#firstLayer = layer;
      this.#moments = this.#engine.calibratedMoments();
    }
    const start = (layer - this.#firstLayer) * perLayer;
    return perLinear(hidden ** 2, intermediate ** 2, (at, length) =>
      this.#moments.subarray(start + at, start + at + length),
    );
  }
}

/** Each sentence once more, joined to others from all over the list. */
function longTexts(sentences: readonly string[]): string[] {
  const count = Math.ceil(sentences.length / kSentencesPerText);
  return Array.from({ length: count }, (_, i) => sentences.filter((_, j) => j % count === i).join(" "));
}

/** Runs the engine over all texts. */
async function pass(engine: Engine, texts: number, onShare: OnShare): Promise<void> {
  for (let done = 0; done < texts; ) {
    done = engine.calibrateNext();
    await onShare(done / texts);
  }
}

/** Splits the engine's flat [5, layers, (hidden | hidden | hidden | intermediate)]. */
function splitInputs(flat: Float32Array, sizes: EncoderSizes): PerLinear<InputStatistics>[] {
  const { layers, hidden, intermediate } = sizes;
  const perLayer = 3 * hidden + intermediate;
  const channels = layers * perLayer;
  return Array.from({ length: layers }, (_, layer) =>
    perLinear(hidden, intermediate, (at, length): InputStatistics => {
      const slice = (part: number) => {
        const start = part * channels + layer * perLayer + at;
        return flat.slice(start, start + length);
      };
      return { others: slice(0), firstLow: slice(1), firstHigh: slice(2), mean: slice(3), firstMean: slice(4) };
    }),
  );
}

/** What `get` finds in a row of four, of which the last has another length. */
function perLinear<T>(hidden: number, intermediate: number, get: (at: number, length: number) => T): PerLinear<T> {
  return {
    qkv: get(0, hidden),
    attnOutput: get(hidden, hidden),
    ffnUp: get(2 * hidden, hidden),
    ffnDown: get(3 * hidden, intermediate),
  };
}
