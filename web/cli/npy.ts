// NumPy's .npy format, version 1.0: a text header of a fixed size, then the rows as little-endian f32.

/** Bytes before the first row; the header is padded to this, so that it can be rewritten once the count is known. */
const kHeaderBytes = 128;

const kMagic = "\u0093NUMPY\u0001\u0000";

/** Header of a C-order f32 array [rows, columns]. */
export function npyHeader(rows: number, columns: number): Uint8Array {
  const description = `{'descr': '<f4', 'fortran_order': False, 'shape': (${rows}, ${columns}), }`;
  const lengthBytes = 2;
  const textBytes = kHeaderBytes - kMagic.length - lengthBytes;
  const text = `${description.padEnd(textBytes - 1)}\n`;
  const header = Buffer.alloc(kHeaderBytes);
  header.write(kMagic, 0, "latin1");
  header.writeUInt16LE(textBytes, kMagic.length);
  header.write(text, kMagic.length + lengthBytes, "latin1");
  return header;
}
