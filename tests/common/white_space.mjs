// The space of a catalogue in which likings are compared, by its definition.

// As in web/recommend/settings.ts: what is added to each variance, in mean variances.
const ridge = 0.1;

export const dot = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0);

/** All directions from the mean, of length 1. */
export function directionsOf(items) {
  const mean = items[0].vector.map((_, d) => items.reduce((sum, { vector }) => sum + vector[d], 0) / items.length);
  return items.map(({ vector }) => {
    const difference = Array.from(vector, (value, d) => value - mean[d]);
    const length = Math.hypot(...difference);
    return difference.map((value) => value / length);
  });
}

/** The inverse of the directions' covariance, with the ridge. [dimensions][dimensions] */
export function metricOf(directions) {
  const dimensions = directions[0].length;
  const covariance = Array.from({ length: dimensions }, (_, a) =>
    Array.from({ length: dimensions }, (_, b) => directions.reduce((sum, each) => sum + each[a] * each[b], 0)),
  ).map((row) => row.map((value) => value / directions.length));
  // The variances add up to 1.
  for (const [d, row] of covariance.entries()) row[d] += (ridge + dimensions / directions.length) / dimensions;
  return inverted(covariance);
}

export const times = (matrix, vector) => matrix.map((row) => dot(row, vector));

/** By Gauss and Jordan, with pivots. */
function inverted(matrix) {
  const rows = matrix.map((row, i) => [...row, ...row.map((_, k) => Number(i === k))]);
  for (let column = 0; column < rows.length; column++) {
    const below = rows.slice(column).map((row) => Math.abs(row[column]));
    const pivot = column + below.indexOf(Math.max(...below));
    [rows[column], rows[pivot]] = [rows[pivot], rows[column]];
    const scale = rows[column][column];
    rows[column] = rows[column].map((value) => value / scale);
    for (const [i, row] of rows.entries()) {
      if (i !== column) rows[i] = row.map((value, k) => value - row[column] * rows[column][k]);
    }
  }
  return rows.map((row) => row.slice(matrix.length));
}
