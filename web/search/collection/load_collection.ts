// loadCollection(): items and index come together as the bytes arrive. Runs on any platform.
import { abortable, throwIfAborted } from "../../abort.ts";
import { checkOptions, invalid } from "../../arguments.ts";
import { KinvecError, named } from "../../errors.ts";
import type { Platform } from "../../platform/platform.ts";
import { ProgressReporter } from "../../progress.ts";
import { ByteFeed } from "../../source/byte_feed.ts";
import { isFolder, resolveSource } from "../../source/resolve.ts";
import { checkLoadIndexOptions, type IndexSource } from "../index_options.ts";
import type { ItemId } from "../index_vectors.ts";
import { indexFrom, openEarly } from "../load_index.ts";
import { Bm25, type Bm25Options } from "../words/bm25.ts";
import { Collection } from "./collection.ts";
import { checkModel, type LoadCollectionOptions } from "./collection_options.ts";
import type { CollectionHeader } from "./file/layout.ts";
import { CollectionReader } from "./file/reader.ts";
import type { Item } from "./items.ts";

/** The body of the public `loadCollection` of each entry point. */
export async function readCollection<T extends Item>(
  platform: Platform,
  given: IndexSource,
  options: LoadCollectionOptions,
): Promise<Collection<T>> {
  const model = checkModel(checkOptions(options).model);
  const { signal, baseUrl, wasm, binary } = checkLoadIndexOptions(options);
  const { fingerprint } = model.info();
  throwIfAborted(signal);
  const progress = new ProgressReporter(options.onProgress);
  const instanceOf = openEarly(platform, { wasm, binary, signal });
  const source = await resolveSource(platform, given, baseUrl);
  if (isFolder(source)) throw invalid("source must be a collection file, not a folder");
  const body = await abortable(source.open(signal), signal);
  const feed = new ByteFeed(body, source.name, signal, progress.download.bind(progress));
  try {
    const reader = new CollectionReader(feed);
    const header = await reader.header(source.name);
    const words = new Bm25(wordOptions(header, options.words));
    const items = new Map<ItemId, T>();
    for await (const block of reader.items(header.items)) {
      const ids = block.map(({ id }) => id);
      if (ids.some((id) => items.has(id))) throw new KinvecError("MODEL_FORMAT", "an id occurs twice");
      words.put(ids, words.analyzed(block.map(({ text }) => text)));
      for (const item of block) items.set(item.id, item as T);
      await platform.yieldToEventLoop();
    }
    const start = feed.position;
    const index = await indexFrom(feed, `the index in ${source.name}`, { platform, instanceOf, fingerprint });
    const ids = index.ids();
    if (ids.length !== items.size || [...items.keys()].some((id, i) => id !== ids[i])) {
      throw new KinvecError("MODEL_FORMAT", "the index is not of these items", { at: start });
    }
    progress.done();
    return new Collection({ model, index, words, items });
  } catch (error) {
    throw named(error, source.name);
  } finally {
    void feed.cancel().catch(() => {});
  }
}

/** As saved, unless given now. */
function wordOptions({ k1, b, ownTerms }: CollectionHeader, given: Bm25Options | undefined): Bm25Options {
  const { analyze } = checkOptions(given, "options.words");
  if (ownTerms && !analyze) throw invalid("options.words.analyze is missing: the collection was made with its own");
  return { ...given, k1: given?.k1 ?? k1, b: given?.b ?? b };
}
