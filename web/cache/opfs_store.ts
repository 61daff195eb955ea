// Model files in the origin's private file system. What a writable stream takes lies in a file of its own until the
// stream is closed (File System Standard, createWritable), so that a file is there whole or not at all. The label is
// written last, and counts: a file whose length is not as labelled was left behind by an earlier end.
import { chunksOf } from "../source/byte_source.ts";
import { fileNameOf, readLabel } from "./file_names.ts";
import type { ModelStore, StoreWriter, Validators } from "./model_store.ts";

export class OpfsStore implements ModelStore {
  readonly #folder: FileSystemDirectoryHandle;

  constructor(folder: FileSystemDirectoryHandle) {
    this.#folder = folder;
  }

  static async open(): Promise<OpfsStore> {
    const root = await navigator.storage.getDirectory();
    return new OpfsStore(await root.getDirectoryHandle("kinvec", { create: true }));
  }

  async read(url: string) {
    const name = fileNameOf(url);
    const labelled = await this.#file(`${name}.json`);
    const label = labelled && readLabel(await labelled.text(), url);
    const file = label && (await this.#file(name));
    if (file?.size !== label?.length || !file) return undefined;
    return { chunks: chunksOf(file.stream(), undefined, "the cache"), length: file.size, validators: label ?? {} };
  }

  async write(url: string, validators: Validators): Promise<StoreWriter> {
    const name = fileNameOf(url);
    const stream = await this.#create(name);
    let length = 0;
    return {
      async write(chunk) {
        await stream.write(chunk as Uint8Array<ArrayBuffer>);
        length += chunk.byteLength;
      },
      keep: async () => {
        await stream.close();
        const label = await this.#create(`${name}.json`);
        await label.write(JSON.stringify({ url, length, ...validators }));
        await label.close();
      },
      discard: () => stream.abort(),
    };
  }

  async remove(url: string): Promise<void> {
    const name = fileNameOf(url);
    for (const entry of [`${name}.json`, name]) await this.#folder.removeEntry(entry).catch(() => {});
  }

  async #create(name: string): Promise<FileSystemWritableFileStream> {
    return (await this.#folder.getFileHandle(name, { create: true })).createWritable();
  }

  async #file(name: string): Promise<File | undefined> {
    try {
      return await (await this.#folder.getFileHandle(name)).getFile();
    } catch {
      return undefined; // there is none
    }
  }
}
