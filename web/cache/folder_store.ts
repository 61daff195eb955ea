// Model files in a folder of Node.js. Each is written under a temporary name and renamed, the label after the file.
import { mkdir, open, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { chunksOfFile } from "../platform/node_files.ts";
import { fileNameOf, readLabel } from "./file_names.ts";
import type { ModelStore, StoreWriter, Validators } from "./model_store.ts";

export class FolderStore implements ModelStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async read(url: string) {
    const path = this.#path(url);
    const label = readLabel(await readFile(`${path}.json`, "utf8").catch(() => ""), url);
    const status = label && (await stat(path).catch(() => undefined));
    if (!label || status?.size !== label.length) return undefined;
    return { chunks: chunksOfFile(path), length: label.length, validators: label };
  }

  async write(url: string, validators: Validators): Promise<StoreWriter> {
    await mkdir(this.#folder, { recursive: true });
    const path = this.#path(url);
    // Several programs may load the same model at once.
    const temporary = `${path}.${process.pid}-${Math.random().toString(36).slice(2)}.part`;
    const file = await open(temporary, "wx");
    let length = 0;
    return {
      async write(chunk) {
        await file.write(chunk);
        length += chunk.byteLength;
      },
      async keep() {
        await file.close();
        await rename(temporary, path);
        await writeFile(`${temporary}.json`, JSON.stringify({ url, length, ...validators }));
        await rename(`${temporary}.json`, `${path}.json`);
      },
      async discard() {
        await file.close();
        await rm(temporary, { force: true });
      },
    };
  }

  async remove(url: string): Promise<void> {
    for (const path of [`${this.#path(url)}.json`, this.#path(url)]) await rm(path, { force: true });
  }

  #path(url: string): string {
    return join(this.#folder, fileNameOf(url));
  }
}
