// Scores of Unigram pieces as numbers of a tokenizer.json. The reference's JSON parser (serde_json as it comes) makes a
// number of all its digits and divides that by a power of ten: two roundings, so a quarter of real scores differ in
// their last bit from what JSON.parse reads. That bit decides between ways of splitting a text that are worth the same.

const kWritten = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/;
const kLargestPower = 308;

/** What the reference reads where JSON.parse reads `score`. */
export function readScore(score: number): number {
  const [, sign, whole = "", fraction = "", exponent = "0"] = kWritten.exec(String(score)) ?? [];
  if (whole === "") return score; // no finite number
  let value = Number(whole + fraction);
  let power = Number(exponent) - fraction.length;
  for (; power < -kLargestPower; power += kLargestPower) value /= Number(`1e${kLargestPower}`);
  // Powers of ten are read, not computed: 10 ** 23 need not be the nearest number.
  value = power < 0 ? value / Number(`1e${-power}`) : value * Number(`1e${power}`);
  return sign === "-" ? -value : value;
}

/** A number that the reference reads as `score`, or `score` if there is none. */
export function writeScore(score: number): number {
  const kSteps = 4; // in last places; two roundings are not off by more
  for (let step = 0; step <= kSteps; step++) {
    for (const candidate of [neighbour(score, step), neighbour(score, -step)]) {
      if (readScore(candidate) === score) return candidate;
    }
  }
  return score;
}

/** The number `steps` places after `value` in order of magnitude. */
function neighbour(value: number, steps: number): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  view.setBigInt64(0, view.getBigInt64(0) + BigInt(steps));
  return view.getFloat64(0);
}
