// loadIndex(): source and binary come together to an index, block by block as the bytes arrive. Runs on any platform.
import { abortable, throwIfAborted } from "../abort.ts";
import { invalid } from "../arguments.ts";
import { KinvecError, named } from "../errors.ts";
import { candidates, openInstance } from "../native/choose.ts";
import { instanceFor } from "../native/index_check.ts";
import { IndexRows } from "../native/index_rows.ts";
import { SearchInstance } from "../native/search_instance.ts";
import type { Platform } from "../platform/platform.ts";
import { ProgressReporter } from "../progress.ts";
import { ByteFeed } from "../source/byte_feed.ts";
import { isFolder, resolveSource } from "../source/resolve.ts";
import type { BinaryName } from "../types.ts";
import { FlatIndex } from "./flat_index.ts";
import { IndexReader, readHeader } from "./index_file/reader.ts";
import { checkLoadIndexOptions, type IndexSource, type LoadIndexOptions } from "./index_options.ts";

// Blocks between which the event loop runs: some megabytes.
const kBlocksPerTurn = 16;

/** The body of the public `loadIndex` of each entry point. */
export async function readIndex(
  platform: Platform,
  given: IndexSource,
  givenOptions?: LoadIndexOptions,
): Promise<FlatIndex> {
  const options = checkLoadIndexOptions(givenOptions);
  const { signal, baseUrl, fingerprint } = options;
  throwIfAborted(signal);
  const progress = new ProgressReporter(options.onProgress);
  const instanceOf = openEarly(platform, options);
  const source = await resolveSource(platform, given, baseUrl);
  if (isFolder(source)) throw invalid("source must be an index file, not a folder");
  const body = await abortable(source.open(signal), signal);
  const feed = new ByteFeed(body, source.name, signal, progress.download.bind(progress));
  try {
    const index = await indexFrom(feed, source.name, { platform, instanceOf, fingerprint });
    progress.done();
    return index;
  } catch (error) {
    throw named(error, source.name);
  } finally {
    void feed.cancel().catch(() => {});
  }
}

/** Opens a binary before the source has come, so that both come at once; answers how to get the right one. */
export function openEarly(platform: Platform, options: LoadIndexOptions): IndexReading["instanceOf"] {
  const open = (order: readonly BinaryName[]) => openInstance(SearchInstance.open, platform, order, options);
  const choice = open(candidates(platform, options));
  choice.catch(() => {}); // awaited below, perhaps after it has failed
  return async () => instanceFor(await abortable(choice, options.signal), open);
}

/** What reading an index takes besides its bytes. */
export interface IndexReading {
  platform: Platform;
  /** The engine of the index. */
  instanceOf: () => Promise<SearchInstance>;
  /** Of the model that the vectors must be of. */
  fingerprint: string | undefined;
}

/** The index that is all the rest of a feed. */
export async function indexFrom(feed: ByteFeed, name: string, reading: IndexReading): Promise<FlatIndex> {
  const { platform, instanceOf, fingerprint } = reading;
  const opened = await readHeader(feed, name);
  const { header } = opened;
  const instance = await instanceOf();
  const reader = new IndexReader(feed, instance, opened);
  const found = await reader.fingerprint();
  if (fingerprint !== undefined && found !== fingerprint) {
    const of = found === "" ? "an unknown model" : `model ${found}`;
    throw new KinvecError("MODEL_MISMATCH", `the index holds vectors of ${of}, not of ${fingerprint}`);
  }
  const ids = await reader.ids();
  const rows = new IndexRows(instance, header);
  let blocks = 0;
  const afterBlock = async () => {
    if (++blocks % kBlocksPerTurn === 0) await platform.yieldToEventLoop();
  };
  await reader.rows(rows, afterBlock);
  if (header.graph) await reader.graph(rows.graph, afterBlock);
  await reader.end();
  return new FlatIndex(rows, header, found === "" ? undefined : found, platform.yieldToEventLoop, ids);
}
