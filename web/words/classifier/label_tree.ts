// The Huffman tree of labels that hierarchical softmax goes down: at each inner node the model says how likely the right
// branch is. Frequent labels have short ways.

/** Labels are nodes 0 to n - 1; inner nodes follow, the root last. */
export interface LabelTree {
  root: number;
  /** Of inner node `n + i`: `left[i]` and `right[i]`. */
  left: Int32Array;
  right: Int32Array;
}

/** Larger counts the reference takes for those of nodes that are not there yet. */
export const MOST_LABEL_COUNT = 1e15;

/** @param counts of each label, fewer than MOST_LABEL_COUNT, most frequent first; at least one */
export function buildLabelTree(counts: readonly number[]): LabelTree {
  const labels = counts.length;
  const sums = [...counts, ...new Array<number>(labels - 1).fill(MOST_LABEL_COUNT)];
  const left = new Int32Array(labels - 1);
  const right = new Int32Array(labels - 1);
  let leaf = labels - 1;
  let node = labels;
  const smallest = () => (leaf >= 0 && (sums[leaf] as number) < (sums[node] as number) ? leaf-- : node++);
  for (let i = 0; i < labels - 1; i++) {
    left[i] = smallest();
    right[i] = smallest();
    sums[labels + i] = (sums[left[i] as number] as number) + (sums[right[i] as number] as number);
  }
  return { root: 2 * labels - 2, left, right };
}
