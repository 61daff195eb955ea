// Makes collection files by the words of docs/collection_file.md, apart from the package's writer.

const u32 = (value) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
};
const f64 = (value) => {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return bytes;
};

/** CRC-32 bit by bit, of what has come before and these bytes. */
export function crc32(bytes, before = 0) {
  let rest = ~before;
  for (const byte of bytes) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  }
  return ~rest >>> 0;
}

export const line = (item) => `${JSON.stringify(item)}\n`;

/** The header's parts; tests change some. */
const plain = { magic: "KINVECCO", version: 1, k1: 1.2, b: 0.75, ownTerms: 0, reserved: 0 };

/**
 * @param blocks the text of each
 * @param index the bytes of an index file
 * @param changes entries of `plain`, and `items`
 */
export function collectionFile(blocks, index, changes = {}) {
  const count = blocks.join("").split("\n").length - 1;
  const { magic, version, items, k1, b, ownTerms, reserved } = { ...plain, items: count, ...changes };
  const header = Buffer.concat([
    Buffer.from(magic),
    u32(version),
    u32(items),
    f64(k1),
    f64(b),
    u32(ownTerms),
    u32(reserved),
  ]);
  let checksum = crc32(header);
  const pieces = [header, u32(checksum)];
  for (const block of blocks) {
    const bytes = Buffer.from(block);
    checksum = crc32(bytes, checksum);
    pieces.push(u32(bytes.length), bytes, u32(checksum));
  }
  return new Uint8Array(Buffer.concat([...pieces, index]));
}
