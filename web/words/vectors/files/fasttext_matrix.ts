// Reads the matrices of a FastText file: 64-bit sizes and 32-bit numbers, or what a product quantiser made of them.
import type { ByteFeed } from "../../../source/byte_feed.ts";
import { viewOf, wrong } from "./fasttext_header.ts";
import { CENTROIDS, type ProductQuantizer, QuantizedMatrix } from "./matrix.ts";
import { checkFinite } from "./row_store.ts";

/** A flag of a byte. Throws MODEL_FORMAT. */
export async function readFlag(feed: ByteFeed): Promise<boolean> {
  const at = feed.position;
  const value = (await feed.take(1))[0] as number;
  if (value > 1) throw wrong(`a flag cannot be ${value}`, at);
  return value === 1;
}

/** Takes the sizes of a matrix. Throws MODEL_FORMAT unless they are those it should have. */
export async function checkShape(feed: ByteFeed, rows: number, columns: number): Promise<void> {
  const at = feed.position;
  const view = viewOf(await feed.take(16));
  const [foundRows, foundColumns] = [Number(view.getBigInt64(0, true)), Number(view.getBigInt64(8, true))];
  if (foundRows === rows && foundColumns === columns) return;
  throw wrong(`a matrix of ${foundRows} × ${foundColumns} where ${rows} × ${columns} is due`, at);
}

/** Throws MODEL_FORMAT. */
export async function readQuantizedMatrix(feed: ByteFeed, rows: number, columns: number): Promise<QuantizedMatrix> {
  const hasNorms = await readFlag(feed);
  await checkShape(feed, rows, columns);
  const at = feed.position;
  const codeBytes = viewOf(await feed.take(4)).getInt32(0, true);
  if (codeBytes < 0) throw wrong(`${codeBytes} bytes of codes`, at);
  feed.announces(codeBytes);
  const codes = new Uint8Array(await feed.take(codeBytes));
  const quantizer = await readQuantizer(feed, columns);
  if (codeBytes !== rows * quantizer.parts) throw wrong(`${codeBytes} bytes are not the codes of ${rows} rows`, at);
  return new QuantizedMatrix(codes, quantizer, hasNorms ? await readNorms(feed, rows) : undefined);
}

async function readNorms(feed: ByteFeed, rows: number): Promise<Float32Array> {
  const codes = new Uint8Array(await feed.take(rows));
  const { centroids } = await readQuantizer(feed, 1);
  return Float32Array.from(codes, (code) => centroids[code] as number);
}

async function readQuantizer(feed: ByteFeed, columns: number): Promise<ProductQuantizer> {
  const at = feed.position;
  const view = viewOf(await feed.take(16));
  const int = (index: number) => view.getInt32(4 * index, true);
  const [length, parts, partLength, lastLength] = [int(0), int(1), int(2), int(3)];
  const isRight = length === columns && partLength >= 1 && parts === Math.ceil(columns / partLength);
  if (!isRight || lastLength !== columns - (parts - 1) * partLength) {
    throw wrong(`${columns} columns are not ${parts} parts of ${partLength}, the last of ${lastLength}`, at);
  }
  const start = feed.position;
  const bytes = await feed.take(4 * CENTROIDS * columns);
  const centroids = new Float32Array(new Uint8Array(bytes).buffer);
  checkFinite(centroids, start);
  return { parts, partLength, centroids };
}
