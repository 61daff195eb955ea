// The texts to train from, piece by piece, so that a large file need not be in memory at once.
import type { TextSource } from "./task.ts";

/** A part is handed on at the first line end after this many UTF-16 units; trainers count words, which no line end cuts. */
const PART = 1 << 16;
/** So many bytes of a file are read at a time. */
const SLICE = 1 << 18;

/** Cuts a stream of text at line ends. */
export async function* atLineEnds(chunks: AsyncIterable<string> | Iterable<string>): AsyncGenerator<string> {
  let waiting: string[] = []; // joined only when handed on, so that a file of one long line costs no more than others
  let length = 0;
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf("\n") + 1;
    length += chunk.length;
    if (end === 0 || length < PART) {
      waiting.push(chunk);
      continue;
    }
    yield waiting.join("") + chunk.slice(0, end);
    waiting = [chunk.slice(end)];
    length = chunk.length - end;
  }
  if (length > 0) yield waiting.join("");
}

/** Slice by slice: a stream of the file may stand still for ever in Chromium, which collects it while it is waited for. */
async function* decoded(file: Blob): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for (let start = 0; start < file.size; start += SLICE) {
    yield decoder.decode(await file.slice(start, start + SLICE).arrayBuffer(), { stream: true });
  }
  yield decoder.decode();
}

async function* descriptions(url: string): AsyncGenerator<string> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${new URL(url).pathname} answered ${response.status}`);
  const blocks: (string | string[])[][] = await response.json();
  for (const description of blocks) yield description.flat().join("\n");
}

export function textsOf(source: TextSource): AsyncIterable<string> {
  if (source.kind === "catalogue") return descriptions(source.url);
  return atLineEnds(source.kind === "text" ? [source.text] : decoded(source.file));
}

/** Passes texts on and counts their length. */
export async function* counted(texts: AsyncIterable<string>, count: (length: number) => void): AsyncGenerator<string> {
  for await (const text of texts) {
    count(text.length);
    yield text;
  }
}
