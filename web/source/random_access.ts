// Reading pieces of a file without holding all of it: checkpoints are several times larger than what is made of them.

/** A file that can be read at any place. */
export interface RandomAccess {
  /** For messages: path or file name. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Reads bytes [offset, offset + length); the range must lie within the file. */
  read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** The whole file as text. */
export async function readText(file: RandomAccess): Promise<string> {
  return new TextDecoder().decode(await file.read(0, file.size));
}

/** Bytes in memory; read() answers views, not copies. */
export function bytesAccess(name: string, bytes: Uint8Array): RandomAccess {
  return {
    name,
    size: bytes.byteLength,
    read: async (offset, length) => bytes.subarray(offset, offset + length) as Uint8Array<ArrayBuffer>,
  };
}

/** A Blob or File. */
export function blobAccess(name: string, blob: Blob): RandomAccess {
  return {
    name,
    size: blob.size,
    read: async (offset, length) => new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer()),
  };
}
