// Alternating rounds: every engine gets the same short budget in turn, so that a busy moment of the machine, a hot
// processor or another program hits all of them alike.  Compare numbers of one run only.

/** Fastest and middle of the sample times, in milliseconds. */
export function summary(samples) {
  const sorted = samples.toSorted((a, b) => a - b);
  return { min: sorted[0], median: sorted[sorted.length >> 1], samples: sorted.length };
}

/**
 * @param {{ name: string, longest?: number, measure(workload, budget): Promise<number[]> }[]} opened engines; longest: the
 *   most tokens of a workload that it takes part in
 * @param {object[]} workloads
 * @param {{ rounds: number, budget: number, onProgress?: (text: string) => void }} options budget in ms per turn
 * @returns times[workload.name][engine.name] = { min, median, samples }
 */
export async function alternate(opened, workloads, { rounds, budget, onProgress = () => {} }) {
  const times = {};
  for (const workload of workloads) {
    const engines = opened.filter(({ longest = Number.POSITIVE_INFINITY }) => !(workload.tokens > longest));
    const samples = Object.fromEntries(engines.map(({ name }) => [name, []]));
    // Round 0 is not counted: it brings the engine's code to its optimised form.
    for (let round = 0; round <= rounds; round++) {
      const first = round % engines.length;
      for (const engine of [...engines.slice(first), ...engines.slice(0, first)]) {
        const taken = await engine.measure(workload, budget);
        if (round > 0) samples[engine.name].push(...taken);
      }
    }
    times[workload.name] = Object.fromEntries(Object.entries(samples).map(([name, list]) => [name, summary(list)]));
    const line = engines.map(({ name }) => `${name} ${times[workload.name][name].min.toFixed(2)}`).join(", ");
    onProgress(`${workload.name}: ${line}`);
  }
  return times;
}
