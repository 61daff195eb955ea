// Runs the f32 engine over calibration sentences and keeps the range of each linear layer's input, per channel.
import { Engine } from "../native/engine.ts";
import type { Instance } from "../native/instance.ts";
import { NATIVE_DTYPES, NATIVE_POOLINGS } from "../native/module.ts";
import type { EncoderSizes } from "./checkpoint.ts";
import type { OnShare } from "./model_file.ts";
import { type LayerRanges, splitRanges } from "./smoothing.ts";

/** `file`: the model as an f32 GGUF file. */
export async function calibrate(
  instance: Instance,
  file: Uint8Array,
  sizes: EncoderSizes,
  sentences: readonly string[],
  onShare: OnShare,
): Promise<LayerRanges[]> {
  const engine = new Engine(instance);
  engine.modelBlock.reserve(file.byteLength);
  engine.modelBlock.write(0, file);
  // Ranges do not depend on pooling, and the file may not state any.
  engine.load({ dtype: NATIVE_DTYPES.f32, pooling: NATIVE_POOLINGS.mean, verifyChecksum: false });
  engine.tokenize(sentences);
  engine.beginCalibration();
  for (let done = 0; done < sentences.length; ) {
    done = engine.calibrateNext();
    await onShare(done / sentences.length);
  }
  return splitRanges(engine.calibration(), sizes.layers, sizes.hidden, sizes.intermediate);
}
