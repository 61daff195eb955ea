// CRC-32 as in zip and PNG. Finds damage, not forgery; the engine's XXH64 would need its binary, which a profile does not.

const kPolynomial = 0xedb88320;

export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? kPolynomial : 0);
  }
  return ~crc >>> 0;
}
