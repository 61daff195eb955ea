// Spearman's rank correlation.

/** Ranks of values from 0, equal ones sharing the mean of theirs. */
function ranks(values) {
  const order = values.map((_, i) => i).sort((a, b) => values[a] - values[b]);
  const result = new Array(values.length);
  for (let from = 0, to; from < order.length; from = to) {
    for (to = from + 1; to < order.length && values[order[to]] === values[order[from]]; ) to++;
    for (let i = from; i < to; i++) result[order[i]] = (from + to - 1) / 2;
  }
  return result;
}

/** Spearman's rank correlation of two lists, -1 to 1; 0 where all values of one are equal. */
export function rankCorrelation(a, b) {
  const [x, y] = [ranks(a), ranks(b)];
  const middle = (a.length - 1) / 2;
  const product = (one, other) => one.reduce((sum, rank, i) => sum + (rank - middle) * (other[i] - middle), 0);
  const lengths = Math.sqrt(product(x, x) * product(y, y));
  return lengths === 0 ? 0 : product(x, y) / lengths;
}
