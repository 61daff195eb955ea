// The checksum of zip and PNG files (CRC-32, ISO 3309), which needs no engine.

// By byte: what eight steps of dividing by the polynomial make of it.
const kTable = /* @__PURE__ */ Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  return rest;
});

/** The checksum of what had the checksum `before`, followed by these bytes. */
export function crc32(bytes: Uint8Array, before = 0): number {
  let rest = ~before;
  for (let i = 0; i < bytes.length; i++) rest = (rest >>> 8) ^ (kTable[(rest ^ (bytes[i] as number)) & 0xff] as number);
  return ~rest >>> 0;
}
