// Where model files are kept between loads: one interface over the Cache API, the browser's private file system and a
// folder. A file is there whole or not at all, and only after the engine has accepted it.

/** What the server said of a file, to ask later whether it has changed. */
export interface Validators {
  etag?: string | undefined;
  lastModified?: string | undefined;
}

export interface StoredFile {
  chunks: AsyncIterable<Uint8Array>;
  /** Bytes. */
  length: number | undefined;
  validators: Validators;
}

/** A file on its way in. What was written is seen by nobody before keep(). */
export interface StoreWriter {
  /** The chunk may be overwritten once this is done. */
  write(chunk: Uint8Array): Promise<void>;
  keep(): Promise<void>;
  discard(): Promise<void>;
}

export interface ModelStore {
  read(url: string): Promise<StoredFile | undefined>;
  /** `length` in bytes, as announced. */
  write(url: string, validators: Validators, length?: number): Promise<StoreWriter>;
  remove(url: string): Promise<void>;
}
