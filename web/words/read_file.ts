// A file of kinvec/words from wherever it comes, to a reader that takes its bytes as they arrive.
import { abortable, throwIfAborted } from "../abort.ts";
import { invalid, typeName } from "../arguments.ts";
import { named } from "../errors.ts";
import type { Platform } from "../platform/platform.ts";
import { ProgressReporter } from "../progress.ts";
import { isA } from "../realms.ts";
import { ByteFeed } from "../source/byte_feed.ts";
import { isFolder, resolveSource } from "../source/resolve.ts";
import type { HuggingFaceFolder, LoadProgress, ModelSource } from "../types.ts";

/** Where word vectors and classifiers come from: as `ModelSource`, without folders. */
export type WordsSource = Exclude<ModelSource, HuggingFaceFolder>;

/** Options of every file that kinvec/words loads. */
export interface LoadWordsOptions {
  /** Called as the bytes arrive, for the last time with `fraction` 1. */
  onProgress?: ((progress: LoadProgress) => void) | undefined;
  /** Cancels the load: it rejects with ABORTED. */
  signal?: AbortSignal | undefined;
  /** Base for a relative URL; default: the page's address. */
  baseUrl?: string | URL | undefined;
}

/** Opens a source and has it read; what `read` leaves is not waited for. */
export async function readFile<T>(
  platform: Platform,
  source: WordsSource,
  { onProgress, signal, baseUrl }: LoadWordsOptions,
  read: (feed: ByteFeed, name: string) => Promise<T>,
): Promise<T> {
  if (baseUrl !== undefined && typeof baseUrl !== "string" && !isA(baseUrl, "URL")) {
    throw invalid(`options.baseUrl must be a string or URL, not ${typeName(baseUrl)}`);
  }
  throwIfAborted(signal);
  const progress = new ProgressReporter(onProgress);
  const opened = await resolveSource(platform, source, baseUrl);
  if (isFolder(opened)) throw invalid("source must be a file, not a folder");
  const body = await abortable(opened.open(signal), signal);
  const chunks = paced(body.chunks, platform.yieldToEventLoop);
  const feed = new ByteFeed({ ...body, chunks }, opened.name, signal, progress.download.bind(progress));
  try {
    const result = await read(feed, opened.name);
    progress.done();
    return result;
  } catch (error) {
    throw named(error, opened.name);
  } finally {
    void feed.cancel().catch(() => {});
  }
}

/** The same chunks; the event loop runs after each. */
async function* paced(chunks: AsyncIterable<Uint8Array>, pause: () => Promise<void>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    yield chunk;
    await pause();
  }
}
