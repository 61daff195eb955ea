// 32-bit numbers as decimals that read back as the same bits.

/** The shortest such decimal; `value` is a 32-bit number and finite. */
export function shortestDecimal(value: number): string {
  if (Object.is(value, -0)) return "-0";
  // Any decimal of six digits survives the way to 32 bits and back; nine digits tell all numbers of 32 bits apart.
  for (let digits = 6; digits < 9; digits++) {
    const decimal = Number(value.toPrecision(digits));
    if (Math.fround(decimal) === value) return String(decimal);
  }
  return String(Number(value.toPrecision(9)));
}
