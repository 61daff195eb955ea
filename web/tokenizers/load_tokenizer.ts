// loadTokenizer(): source and binary come together to a Tokenizer. Runs on any platform.

import { abortable, throwIfAborted } from "../abort.ts";
import { checkOptions, checkWord, invalid, typeName } from "../arguments.ts";
import { named } from "../errors.ts";
import { candidates, openInstance } from "../native/choose.ts";
import { Instance } from "../native/instance.ts";
import type { Platform } from "../platform/platform.ts";
import { ProgressReporter } from "../progress.ts";
import { isA } from "../realms.ts";
import { NativeEncoder } from "./native_encoder.ts";
import { Tokenizer } from "./tokenizer.ts";
import { readTokenizer } from "./tokenizer_source.ts";
import type { LoadTokenizerOptions, TokenizerSource } from "./types.ts";

/** The body of the public `loadTokenizer` of each entry point. */
export async function openTokenizer(
  platform: Platform,
  source: TokenizerSource,
  given?: LoadTokenizerOptions,
): Promise<Tokenizer> {
  const options = checkOptions(given);
  const { signal, baseUrl } = options;
  checkWord(options.binary, "options.binary", ["auto", "relaxed", "simd128"]);
  if (options.wasm !== undefined) checkOptions(options.wasm, "options.wasm");
  if (baseUrl !== undefined && typeof baseUrl !== "string" && !isA(baseUrl, "URL")) {
    throw invalid(`options.baseUrl must be a string or URL, not ${typeName(baseUrl)}`);
  }
  throwIfAborted(signal);
  const progress = new ProgressReporter(options.onProgress);
  // Asked for before the source has come, so that both come at once.
  const choice = openInstance(Instance.open, platform, candidates(platform, options), options);
  choice.catch(() => {}); // awaited below, perhaps after it has failed
  const onBytes = progress.download.bind(progress);
  const file = await readTokenizer(platform, source, { baseUrl, signal, onBytes });
  const { instance } = await abortable(choice, signal);
  progress.prepare(0);
  try {
    const tokenizer = new Tokenizer(new NativeEncoder(instance, file.bytes), file.bytes);
    progress.done();
    return tokenizer;
  } catch (error) {
    throw named(error, file.name);
  }
}
