// From the mean of a text's vectors to its labels: one way for each of the losses that FastText trains with. Single
// precision and rounded logarithms are the reference's, whose figures these are.
import { TopK } from "../../search/top_k.ts";
import type { FastTextLoss } from "../vectors/files/fasttext_header.ts";
import type { Matrix } from "../vectors/files/matrix.ts";
import { buildLabelTree, type LabelTree } from "./label_tree.ts";

/** The `most` best labels by their places, with the logarithms of their probabilities. */
export type Prediction = (hidden: Float32Array, most: number, threshold: number) => { row: number; score: number }[];

/** @param output a row for each label, or for each inner node of their tree */
export function predictionBy(loss: FastTextLoss, output: Matrix, counts: readonly number[]): Prediction {
  if (loss === "hierarchical softmax") {
    const tree = buildLabelTree(counts);
    return (hidden, most, threshold) => descend(tree, output, hidden, most, threshold);
  }
  const probabilities = loss === "softmax" ? softmax : sigmoids;
  return (hidden, most, threshold) => {
    const dots = Float32Array.from({ length: output.rowCount }, (_, row) => output.dot(hidden, row));
    return best(probabilities(dots), most, threshold);
  };
}

function best(probabilities: Float32Array, most: number, threshold: number) {
  const kept = new TopK(Math.min(most, probabilities.length));
  for (const [row, probability] of probabilities.entries()) {
    const score = logarithm(probability);
    if (probability >= threshold && kept.takes(row, score)) kept.add(row, score);
  }
  return kept.best();
}

/** Depth first; what cannot be among the best any more is passed over. */
function descend(tree: LabelTree, output: Matrix, hidden: Float32Array, most: number, threshold: number) {
  const labels = tree.left.length + 1;
  const least = logarithm(threshold);
  const kept = new TopK(Math.min(most, labels));
  const ahead = [{ node: tree.root, score: 0 }];
  for (let next = ahead.pop(); next; next = ahead.pop()) {
    const { node, score } = next;
    if (score < least || !kept.takes(node < labels ? node : -1, score)) continue;
    if (node < labels) {
      kept.add(node, score);
      continue;
    }
    const inner = node - labels;
    const toRight = sigmoid(output.dot(hidden, inner));
    ahead.push({ node: tree.right[inner] as number, score: Math.fround(score + logarithm(toRight)) });
    ahead.push({ node: tree.left[inner] as number, score: Math.fround(score + logarithm(1 - toRight)) });
  }
  return kept.best();
}

function softmax(dots: Float32Array): Float32Array {
  const largest = dots.reduce((most, dot) => Math.max(most, dot), Number.NEGATIVE_INFINITY);
  const powers = dots.map((dot) => Math.exp(Math.fround(dot - largest)));
  const sum = powers.reduce((total, power) => Math.fround(total + power), 0);
  return powers.map((power) => power / sum);
}

const kSigmoidSteps = 512;
const kSigmoidEnd = 8;

/** Out of a table, as the reference has them: of the next lower one of 512 points from -8 to 8. */
function sigmoids(dots: Float32Array): Float32Array {
  return dots.map((dot) => {
    if (dot < -kSigmoidEnd) return 0;
    if (dot > kSigmoidEnd) return 1;
    const step = Math.trunc((Math.fround(dot + kSigmoidEnd) * kSigmoidSteps) / kSigmoidEnd / 2);
    return sigmoid((step * 2 * kSigmoidEnd) / kSigmoidSteps - kSigmoidEnd);
  });
}

function sigmoid(x: number): number {
  return Math.fround(1 / (1 + Math.exp(-x)));
}

/** Of a probability and a hundred-thousandth, which keeps it finite. */
function logarithm(probability: number): number {
  return Math.fround(Math.log(Math.fround(probability + 1e-5)));
}
