// Decimal numbers out of bytes. Vector files are millions of them; most need no string.

/** Powers of ten that a double holds exactly. */
const kPowers = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));
const kMostDigits = 15; // of an integer that a double holds exactly
const kNumber = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const kMostBytes = 400;

const kZero = 0x30;
const kPoint = 0x2e;
const kMinus = 0x2d;

/** The number whose decimal digits are bytes [start, end); NaN if they are not those of a number. */
export function parseNumber(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  const isNegative = bytes[at] === kMinus;
  if (isNegative) at++;
  let digits = 0; // all of them, as an integer
  let count = 0;
  let decimals = 0;
  let afterPoint = false;
  for (; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte >= kZero && byte <= kZero + 9) {
      digits = 10 * digits + byte - kZero;
      count++;
      if (afterPoint) decimals++;
    } else if (byte === kPoint && !afterPoint) {
      afterPoint = true;
    } else break;
  }
  // The quotient of two exact numbers is rounded once, as it should be.
  if (at === end && count > 0 && count <= kMostDigits) {
    const value = digits / (kPowers[decimals] as number);
    return isNegative ? -value : value;
  }
  return parseSlowly(bytes, start, end);
}

function parseSlowly(bytes: Uint8Array, start: number, end: number): number {
  if (end - start > kMostBytes) return Number.NaN;
  const text = String.fromCharCode(...bytes.subarray(start, end));
  return kNumber.test(text) ? Number(text) : Number.NaN;
}
