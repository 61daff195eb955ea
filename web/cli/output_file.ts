// Output files appear whole or not at all: they are written under another name and renamed at the end.
import { type FileHandle, open, rename, rm } from "node:fs/promises";

export async function writeWhole(path: string, write: (file: FileHandle) => Promise<void>): Promise<void> {
  const partial = `${path}.partial`;
  const file = await open(partial, "w");
  try {
    await write(file);
    await file.close();
    await rename(partial, path);
  } catch (error) {
    await file.close().catch(() => {});
    await rm(partial, { force: true });
    throw error;
  }
}
