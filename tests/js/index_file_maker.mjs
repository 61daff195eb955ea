// Makes index files by the words of docs/index_file.md, apart from the package's writer: what reads both agrees with the
// documentation, and files that no writer makes can be made with the right checksums.

const u32 = (value) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
};
const u64 = (value) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt.asUintN(64, value));
  return bytes;
};

export const numberId = (value) => {
  const bytes = Buffer.alloc(9);
  bytes.writeDoubleLE(value, 1);
  return bytes;
};
export const stringId = (text) =>
  Buffer.concat([Buffer.of(1), u64(BigInt(Buffer.byteLength(text))), Buffer.from(text)]);
export const utf16Id = (text) =>
  Buffer.concat([Buffer.of(2), u64(BigInt(2 * text.length)), Buffer.from(text, "utf16le")]);

export const floats = (...values) => Buffer.from(Float32Array.from(values).buffer);

/** What a file says of a graph. */
export const graphState = ({ neighbors = 4, effort = 10, drawn = 2n, entry = 0 } = {}) =>
  Buffer.concat([u32(neighbors), u32(effort), u64(drawn), u32(entry)]);
/** The links of a row, by level. */
export const linksOf = (...levels) =>
  Buffer.concat([
    Buffer.of(levels.length - 1),
    ...levels.map((rows) => Buffer.concat([Buffer.of(rows.length), ...rows.map(u32)])),
  ]);

/** Two vectors of two dimensions, in all their parts; tests change some. */
export const plain = {
  magic: "KINVECIX",
  version: 1,
  precision: 0,
  dimensions: 2,
  items: 2,
  vectors: 1,
  reserved: 0,
  fingerprint: Buffer.from("a model"),
  ids: [Buffer.concat([numberId(7), stringId("tea")])], // by block
  rows: [floats(1, 0, 0, 1)], // by block
  graph: [], // its blocks
  behind: Buffer.alloc(0),
};

/** With a graph. */
export const linked = { version: 2, graph: [[4, graphState()], [5, Buffer.concat([linksOf([1]), linksOf([0])])]] }; // biome-ignore format: blocks

/** @param changes entries of `plain`; `blocks` replaces the blocks, [kind, bytes, stated length] each */
export function indexFile(changes = {}) {
  const parts = { ...plain, ...changes };
  const numbers = ["version", "precision", "dimensions", "items", "vectors", "reserved"].map((name) =>
    u32(parts[name]),
  );
  const header = Buffer.concat([Buffer.from(parts.magic), ...numbers]);
  let last = xxh64(Buffer.concat([u64(0n), header]));
  const pieces = [header, last];
  const blocks = parts.blocks ?? [
    [1, parts.fingerprint],
    ...parts.ids.map((bytes) => [2, bytes]),
    ...parts.rows.map((bytes) => [3, bytes]),
    ...parts.graph,
  ];
  for (const [kind, bytes, length = bytes.length] of blocks) {
    last = xxh64(Buffer.concat([last, bytes]));
    pieces.push(u32(kind), u32(length), bytes, last);
  }
  return new Uint8Array(Buffer.concat([...pieces, parts.behind]));
}

const kMask = 2n ** 64n - 1n;
const [p1, p2, p3, p4, p5] = [
  0x9e3779b185ebca87n,
  0xc2b2ae3d27d4eb4fn,
  0x165667b19e3779f9n,
  0x85ebca77c2b2ae63n,
  0x27d4eb2f165667c5n,
];
const rotate = (value, bits) => ((value << bits) | (value >> (64n - bits))) & kMask;
const round = (lane, input) => (rotate((lane + input * p2) & kMask, 31n) * p1) & kMask;

/** XXH64 with seed 0, as eight little-endian bytes. */
export function xxh64(bytes) {
  let at = 0;
  let hash = p5;
  if (bytes.length >= 32) {
    const lanes = [(p1 + p2) & kMask, p2, 0n, -p1 & kMask];
    for (; at + 32 <= bytes.length; at += 32) {
      for (const [i, lane] of lanes.entries()) lanes[i] = round(lane, bytes.readBigUInt64LE(at + 8 * i));
    }
    hash = [1n, 7n, 12n, 18n].reduce((sum, bits, i) => (sum + rotate(lanes[i], bits)) & kMask, 0n);
    for (const lane of lanes) hash = ((hash ^ round(0n, lane)) * p1 + p4) & kMask;
  }
  hash = (hash + BigInt(bytes.length)) & kMask;
  for (; at + 8 <= bytes.length; at += 8) {
    hash = (rotate(hash ^ round(0n, bytes.readBigUInt64LE(at)), 27n) * p1 + p4) & kMask;
  }
  if (at + 4 <= bytes.length) {
    hash = (rotate(hash ^ ((BigInt(bytes.readUInt32LE(at)) * p1) & kMask), 23n) * p2 + p3) & kMask;
    at += 4;
  }
  for (; at < bytes.length; at++) hash = (rotate(hash ^ ((BigInt(bytes[at]) * p5) & kMask), 11n) * p1) & kMask;
  hash = ((hash ^ (hash >> 33n)) * p2) & kMask;
  hash = ((hash ^ (hash >> 29n)) * p3) & kMask;
  return u64(hash ^ (hash >> 32n));
}
