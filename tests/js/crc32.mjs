// CRC-32 by its table, for the tests of files that end with one.

const table = Uint32Array.from({ length: 256 }, (_, i) => {
  let entry = i;
  for (let bit = 0; bit < 8; bit++) entry = entry & 1 ? (entry >>> 1) ^ 0xedb88320 : entry >>> 1;
  return entry;
});

export function crc32(bytes) {
  return ~bytes.reduce((sum, byte) => table[(sum ^ byte) & 255] ^ (sum >>> 8), ~0) >>> 0;
}
