// Word2Vec with negative sampling in plain JavaScript, as one would write it after the authors' C program, to be compared with: the same
// sampling, sigmoid by Math.exp, rows as ordinary arrays or as Float32Arrays.

const kTableSize = 1_000_000;

/**
 * @param {string[][]} sentences
 * @param {(length: number) => number[] | Float32Array} makeRow
 * @returns {{ vectors: Map<string, number[] | Float32Array>, words: number }} words trained on, all epochs together
 */
export function trainPlainWord2vec(sentences, options, makeRow) {
  const { architecture, dimensions, window, minCount, subsample, epochs, learningRate, minLearningRate } = options;
  const counts = new Map();
  for (const word of sentences.flat()) counts.set(word, (counts.get(word) ?? 0) + 1);
  const vocabulary = [...counts].filter(([, count]) => count >= minCount).sort((a, b) => b[1] - a[1]);
  const idOf = new Map(vocabulary.map(([word], id) => [word, id]));
  const total = vocabulary.reduce((sum, [, count]) => sum + count, 0);
  const kept = vocabulary.map(
    ([, count]) => (Math.sqrt(count / (subsample * total)) + 1) * ((subsample * total) / count),
  );
  const table = negativeTable(vocabulary.map(([, count]) => count));
  const inputs = vocabulary.map(() =>
    makeRow(dimensions)
      .fill(0)
      .map(() => (Math.random() - 0.5) / dimensions),
  );
  const outputs = vocabulary.map(() => makeRow(dimensions).fill(0));
  const texts = sentences.map((sentence) => sentence.filter((word) => idOf.has(word)).map((word) => idOf.get(word)));

  const hidden = makeRow(dimensions).fill(0);
  const error = makeRow(dimensions).fill(0);
  /** Moves the outputs of the word and of five others, and leaves in `error` what the inputs are to move by. */
  const predict = (input, word, rate) => {
    error.fill(0);
    for (let n = 0; n <= 5; n++) {
      const target = n === 0 ? word : table[Math.floor(Math.random() * table.length)];
      if (n > 0 && target === word) continue;
      const output = outputs[target];
      let dot = 0;
      for (let d = 0; d < dimensions; d++) dot += input[d] * output[d];
      const step = ((n === 0 ? 1 : 0) - 1 / (1 + Math.exp(-dot))) * rate;
      for (let d = 0; d < dimensions; d++) {
        error[d] += step * output[d];
        output[d] += step * input[d];
      }
    }
  };
  const add = (row) => {
    for (let d = 0; d < dimensions; d++) row[d] += error[d];
  };

  let done = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const text of texts) {
      const rate = Math.max(minLearningRate, learningRate * (1 - done / (total * epochs)));
      done += text.length;
      const words = text.filter((word) => kept[word] >= 1 || Math.random() < kept[word]);
      for (const [at, word] of words.entries()) {
        const reach = 1 + Math.floor(Math.random() * window);
        const near = words.slice(Math.max(0, at - reach), at + reach + 1);
        near.splice(Math.min(at, reach), 1);
        if (architecture === "skipgram") {
          for (const other of near) {
            predict(inputs[other], word, rate);
            add(inputs[other]);
          }
        } else if (near.length > 0) {
          for (let d = 0; d < dimensions; d++) {
            hidden[d] = 0;
            for (const other of near) hidden[d] += inputs[other][d];
            hidden[d] /= near.length;
          }
          predict(hidden, word, rate);
          for (const other of near) add(inputs[other]);
        }
      }
    }
  }
  return { vectors: new Map(vocabulary.map(([word], id) => [word, inputs[id]])), words: done };
}

function negativeTable(counts) {
  const powers = counts.map((count) => count ** 0.75);
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.flatMap((power, id) => Array(Math.ceil((power / sum) * kTableSize)).fill(id));
}
