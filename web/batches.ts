// Cuts a long list of texts into batches that bound the memory used for their bytes and vectors. Where the cuts lie
// makes no difference to any vector.

const kMostTexts = 1024;
const kMostUnits = 1 << 20; // UTF-16 units; a single longer text is a batch of its own

export function* batches(texts: readonly string[]): Generator<readonly string[]> {
  let start = 0;
  let units = 0;
  for (const [index, text] of texts.entries()) {
    const full = index - start === kMostTexts || units + text.length > kMostUnits;
    if (full && index > start) {
      yield texts.slice(start, index);
      start = index;
      units = 0;
    }
    units += text.length;
  }
  if (start < texts.length) yield texts.slice(start);
}
