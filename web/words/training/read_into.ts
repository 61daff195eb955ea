// Texts on their way into the engine.
import type { WasmInstance } from "../../native/wasm_instance.ts";
import type { NativeTrainer, NativeWordsModule } from "../../native/words_module.ts";

const encoder = new TextEncoder();

/** Takes in texts: U+0000 follows each word, another each text. Throws OUT_OF_MEMORY. */
export function readInto(instance: WasmInstance<NativeWordsModule>, trainer: NativeTrainer, texts: string): void {
  const bound = 3 * texts.length; // a UTF-16 unit takes at most three bytes
  const start = instance.reserve(bound, () => trainer.reserveTexts(bound));
  const block = instance.run((native) => native.HEAPU8.subarray(start, start + bound));
  const { written } = encoder.encodeInto(texts, block);
  instance.check(() => trainer.addTexts(written));
}
