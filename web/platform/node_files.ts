// Files and folders of Node.js.
import { type FileHandle, open, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { KinvecError } from "../errors.ts";
import { type ByteSource, messageOf } from "../source/byte_source.ts";
import type { RandomAccess } from "../source/random_access.ts";
import type { OpenFolder } from "./platform.ts";

const kReadBytes = 1 << 20;

export function fileSource(path: string, size: number): ByteSource {
  return {
    name: path,
    reopenable: true,
    open: async () => ({ chunks: chunksOfFile(path), length: size, exact: true }),
  };
}

/** All chunks come in one buffer, so that none is left behind for the collector. */
export async function* chunksOfFile(path: string): AsyncGenerator<Uint8Array> {
  let file: FileHandle | undefined;
  try {
    file = await open(path);
    const buffer = new Uint8Array(kReadBytes);
    for (;;) {
      const { bytesRead } = await file.read(buffer);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } catch (cause) {
    throw new KinvecError("FETCH_FAILED", `reading ${path} failed: ${messageOf(cause)}`, { cause });
  } finally {
    await file?.close();
  }
}

/** The files of a folder and of the folders directly in it; none is opened before it is read. */
export async function openFolderAt(path: string): Promise<OpenFolder> {
  const files = new Map<string, RandomAccess>();
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const names = entry.isDirectory()
      ? (await readdir(join(path, entry.name))).map((name) => `${entry.name}/${name}`)
      : [entry.name];
    for (const name of names) {
      const status = await stat(join(path, name));
      if (status.isFile()) files.set(name, fileAccess(join(path, name), status.size));
    }
  }
  return files;
}

export function fileAccess(path: string, size: number): RandomAccess {
  return {
    name: path,
    size,
    async read(offset, length) {
      const file = await open(path);
      try {
        const bytes = new Uint8Array(length);
        for (let done = 0; done < length; ) {
          const { bytesRead } = await file.read(bytes, done, length - done, offset + done);
          if (bytesRead === 0) throw new KinvecError("MODEL_FORMAT", `${path} ends early`, { at: offset + done });
          done += bytesRead;
        }
        return bytes;
      } finally {
        await file.close();
      }
    },
  };
}
