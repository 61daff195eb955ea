// Files under a pass-phrase: AES-256-GCM with a key made by PBKDF2, both by the platform's WebCrypto.
//
// A file is a header and segments, each sealed by itself, so that a stream of any length can be opened without being held
// whole: the STREAM construction (Hoang, Reyhanitabar, Rogaway and Vizár, "Online Authenticated-Encryption and its
// Nonce-Reuse Misuse-Resistance", CRYPTO 2015). The nonce of a segment is random bytes of the file, the segment's number,
// and whether it is the last; so none can be left out, moved or taken from another file. The header is authenticated with
// every segment.
import { invalid, typeName } from "../arguments.ts";
import { KinvecError } from "../errors.ts";
import { isA } from "../realms.ts";
import { chunksOf } from "../source/byte_source.ts";
import { concatenate } from "../source/receive.ts";
import { HEADER_BYTES, type Header, headerBytes, parseHeader } from "./encryption_header.ts";
import { type ByteReader, byteReader } from "./segments.ts";

/** What can be encrypted and decrypted: bytes, or a stream of them. */
export type Bytes = ArrayBuffer | ArrayBufferView;

// By OWASP's password storage advice of 2023 for PBKDF2 with SHA-256.
const kIterations = 600_000;
const kSaltBytes = 16;
const kPrefixBytes = 7; // of the nonce of each segment
const kSegmentBytes = 1 << 16; // before encryption
const kTagBytes = 16;

type Own = Uint8Array<ArrayBuffer>;

/**
 * Encrypts a saved index, collection, profile or any other bytes with a key made of a pass-phrase, by AES-256-GCM. The key
 * is made by PBKDF2 with SHA-256 and 600,000 rounds, which takes some tenths of a second, from the pass-phrase and a salt
 * of the file's own. A stream is encrypted piece by piece, 64 KB each, as it is read.
 *
 * The result is as safe as the pass-phrase is hard to guess. How long the bytes are can be seen of it.
 *
 * @param passphrase any text; the same with its accents composed or apart
 * @throws KinvecError (as a rejection) INVALID_ARGUMENT, also where there is no `crypto.subtle`: browsers offer it only to
 *   pages that came by https, or from localhost.
 *
 * @example
 * ```js
 * await writeFile("notes.encrypted", await encrypt(notes.save(), "correct horse battery staple"));
 * ```
 */
export function encrypt(bytes: Bytes, passphrase: string): Promise<Uint8Array<ArrayBuffer>>;
export function encrypt(
  stream: ReadableStream<Uint8Array>,
  passphrase: string,
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>>;
export async function encrypt(given: Bytes | ReadableStream<Uint8Array>, passphrase: string) {
  const { subtle } = webCrypto();
  const reader = readerOf(given);
  const header: Header = { iterations: kIterations, salt: randomBytes(kSaltBytes), prefix: randomBytes(kPrefixBytes) };
  const key = await keyOf(passphrase, header);
  const head = headerBytes(header);
  return inTheSameForm(given, sealed(), reader);

  async function* sealed(): AsyncGenerator<Own> {
    yield head;
    for (let number = 0, last = false; !last; number++) {
      const segment = await reader.take(kSegmentBytes);
      last = await reader.ended();
      yield new Uint8Array(await subtle.encrypt(parameters(header, number, last, head), key, segment));
    }
  }
}

/**
 * The bytes that were encrypted. Nothing of a stream is given out before it is known to be what was encrypted, and the
 * stream ends with an error if that was changed or its end is missing.
 *
 * @throws KinvecError (as a rejection, or the error that the stream ends with) MODEL_HASH if the pass-phrase is wrong or the
 *   bytes were changed, which cannot be told apart; MODEL_FORMAT for what was not encrypted by this package,
 *   MODEL_VERSION, INVALID_ARGUMENT as for `encrypt`.
 *
 * @example
 * ```js
 * const bytes = await decrypt(await readFile("notes.encrypted"), "correct horse battery staple");
 * const notes = await loadCollection(bytes, { model });
 * ```
 */
export function decrypt(bytes: Bytes, passphrase: string): Promise<Uint8Array<ArrayBuffer>>;
export function decrypt(
  stream: ReadableStream<Uint8Array>,
  passphrase: string,
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>>;
export async function decrypt(given: Bytes | ReadableStream<Uint8Array>, passphrase: string) {
  const { subtle } = webCrypto();
  const reader = readerOf(given);
  checkPassphrase(passphrase);
  try {
    const head = await reader.take(HEADER_BYTES);
    const header = parseHeader(head);
    const pieces = opened(header, head, await keyOf(passphrase, header));
    // So that a wrong pass-phrase rejects at once, and not when the stream is read.
    const first = await pieces.next();
    return await inTheSameForm(given, all(first, pieces), reader);
  } catch (error) {
    void reader.cancel().catch(() => {});
    throw error;
  }

  async function* opened(header: Header, head: Own, key: CryptoKey): AsyncGenerator<Own> {
    for (let number = 0, last = false; !last; number++) {
      const segment = await reader.take(kSegmentBytes + kTagBytes);
      last = await reader.ended();
      try {
        yield new Uint8Array(await subtle.decrypt(parameters(header, number, last, head), key, segment));
      } catch (cause) {
        throw new KinvecError("MODEL_HASH", "the pass-phrase is wrong, or the bytes are damaged", { cause });
      }
    }
  }
  async function* all(first: IteratorResult<Own>, others: AsyncGenerator<Own>): AsyncGenerator<Own> {
    if (!first.done) yield first.value;
    yield* others;
  }
}

/** A stream for a stream, bytes for bytes. */
async function inTheSameForm(
  given: unknown,
  pieces: AsyncGenerator<Own>,
  reader: ByteReader,
): Promise<Own | ReadableStream<Own>> {
  if (!isA(given, "ReadableStream")) {
    const parts: Own[] = [];
    for await (const piece of pieces) parts.push(piece);
    return concatenate(parts);
  }
  return new ReadableStream<Own>(
    {
      async pull(controller) {
        try {
          const { done, value } = await pieces.next();
          if (done) controller.close();
          else controller.enqueue(value);
        } catch (error) {
          void reader.cancel().catch(() => {});
          throw error;
        }
      },
      cancel: () => reader.cancel(),
    },
    { highWaterMark: 0 },
  );
}

function readerOf(given: Bytes | ReadableStream<Uint8Array>): ByteReader {
  if (isA(given, "ReadableStream")) {
    if (given.locked) throw invalid("the given stream is already being read");
    const reader = byteReader(chunksOf(given));
    const cancel = async () => {
      await reader.cancel();
      if (!given.locked) await given.cancel(); // reading it had not begun
    };
    return { ...reader, cancel };
  }
  const isView = ArrayBuffer.isView(given);
  if (!isView && !isA(given, "ArrayBuffer")) throw invalid(`bytes must be bytes or a stream, not ${typeName(given)}`);
  const bytes = isView ? new Uint8Array(given.buffer, given.byteOffset, given.byteLength) : new Uint8Array(given);
  return byteReader(
    (async function* () {
      yield bytes;
    })(),
  );
}

function parameters({ prefix }: Header, number: number, last: boolean, head: BufferSource): AesGcmParams {
  const iv = new Uint8Array(12);
  iv.set(prefix);
  new DataView(iv.buffer).setUint32(kPrefixBytes, number);
  iv[11] = Number(last);
  return { name: "AES-GCM", iv, additionalData: head, tagLength: 8 * kTagBytes };
}

async function keyOf(passphrase: string, { salt, iterations }: Header): Promise<CryptoKey> {
  checkPassphrase(passphrase);
  const { subtle } = webCrypto();
  const text = new TextEncoder().encode(passphrase.normalize("NFC"));
  const material = await subtle.importKey("raw", text, "PBKDF2", false, ["deriveKey"]);
  const derivation = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
  return subtle.deriveKey(derivation, material, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

function checkPassphrase(passphrase: unknown): void {
  if (typeof passphrase !== "string") throw invalid(`passphrase must be a string, not ${typeName(passphrase)}`);
  if (passphrase === "") throw invalid("passphrase must not be empty");
}

function randomBytes(count: number): Own {
  return webCrypto().getRandomValues(new Uint8Array(count));
}

function webCrypto(): Crypto {
  if (globalThis.crypto?.subtle) return globalThis.crypto;
  throw invalid(
    "there is no crypto.subtle here: browsers offer it only to pages that came by https, or from localhost",
  );
}
