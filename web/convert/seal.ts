// The last two entries of a converted file: the vector that its probe text must give, and the checksum of its tensors.
import { KinvecError } from "../errors.ts";
import { embedAll } from "../native/embed_all.ts";
import { Engine } from "../native/engine.ts";
import type { Instance } from "../native/instance.ts";
import { NATIVE_DTYPES, POOLING_FROM_MODEL } from "../native/module.ts";
import { type Metadata, string } from "./gguf_types.ts";
import type { GgufWriter } from "./gguf_writer.ts";

/** Accents, digits and punctuation in two tiles of tokens: every load waits for it, in code not yet optimised. */
export const PROBE_TEXT = "A caf\u00E9 in Z\u00FCrich opened at 7:45.";

/** Space for what seal() fills in later. `probed`: whether a vector is to be stored. */
export function placeholders(hidden: number, probed: boolean): Metadata {
  const metadata: Metadata = new Map();
  if (probed) {
    metadata.set("kinvec.probe.text", string(PROBE_TEXT));
    metadata.set("kinvec.probe.vector", { type: "f32[]", value: new Float32Array(hidden) });
  }
  metadata.set("kinvec.checksum", string(`xxh64:${"0".repeat(16)}`));
  return metadata;
}

/** Fills the placeholders; the vector comes from the q8 engine itself. */
export function seal(file: GgufWriter, instance: Instance, probed: boolean): void {
  if (probed) {
    const engine = new Engine(instance);
    engine.modelBlock.reserve(file.bytes.byteLength);
    engine.modelBlock.write(0, file.bytes);
    engine.load({ dtype: NATIVE_DTYPES.q8, pooling: POOLING_FROM_MODEL, verifyChecksum: false });
    const vector = embedAll(engine, [PROBE_TEXT], engine.info().normalize);
    if (!vector.every(Number.isFinite)) {
      throw new KinvecError("MODEL_FORMAT", "the model's weights are so large that its vectors are not finite");
    }
    file.patch("kinvec.probe.vector", { type: "f32[]", value: vector });
    engine.release();
  }
  const data = file.bytes.subarray(file.dataStart);
  const digest = instance.withMemory(data.byteLength, (pointer) =>
    instance.run((native) => {
      native.HEAPU8.set(data, pointer);
      return native.xxh64(pointer, data.byteLength);
    }),
  );
  file.patch("kinvec.checksum", string(`xxh64:${digest}`));
}
