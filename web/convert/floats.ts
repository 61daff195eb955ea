// Number formats to f32.

/** Little-endian IEEE half precision. */
export function decodeF16(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = new Float32Array(bytes.byteLength / 2);
  for (let i = 0; i < values.length; i++) values[i] = halfToFloat(view.getUint16(2 * i, true));
  return values;
}

/** bfloat16: the upper half of an f32. */
export function decodeBF16(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const bits = new Uint32Array(bytes.byteLength / 2);
  for (let i = 0; i < bits.length; i++) bits[i] = view.getUint16(2 * i, true) << 16;
  return new Float32Array(bits.buffer);
}

/** Little-endian f32, at any offset of its buffer. */
export function decodeF32(bytes: Uint8Array): Float32Array {
  if (bytes.byteOffset % 4 === 0) return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4).slice();
  return new Float32Array(bytes.slice().buffer);
}

/** Little-endian f64, rounded. */
export function decodeF64(bytes: Uint8Array): Float32Array {
  return Float32Array.from(new Float64Array(bytes.slice().buffer));
}

export function decodeI8(bytes: Uint8Array): Float32Array {
  return Float32Array.from(new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}

/** Little-endian, exact up to 2^24. */
export function decodeI32(bytes: Uint8Array): Float32Array {
  return Float32Array.from(new Int32Array(bytes.slice().buffer));
}

/** Little-endian, exact up to 2^24. */
export function decodeI64(bytes: Uint8Array): Float32Array {
  return Float32Array.from(new BigInt64Array(bytes.slice().buffer), Number);
}

const bits = new Uint32Array(1);
const float = new Float32Array(bits.buffer);

/** The value of a half, given its 16 bits. */
export function halfToFloat(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const magnitude = half & 0x7fff;
  if (magnitude >= 0x7c00) return magnitude > 0x7c00 ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  // Placed as a float the exponent is 112 too small, subnormals included.
  bits[0] = magnitude << 13;
  return sign * (float[0] as number) * 2 ** 112;
}

/** The 16 bits of the half nearest to a value, ties to even. */
export function toHalf(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  if (Number.isNaN(value)) return 0x7e00;
  // In steps of 2^-24, the last place of subnormals, or of the last of the value's own eleven binary places.
  float[0] = Math.abs(value);
  const exponent = Math.max((bits[0] as number) >>> 23, 113) - 127;
  if (exponent > 15) return sign | 0x7c00;
  bits[0] = (10 - exponent + 127) << 23; // 2^(10 - exponent)
  const places = roundToEven(Math.abs(value) * (float[0] as number));
  return sign | (((exponent + 14) << 10) + places);
}

function roundToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}
