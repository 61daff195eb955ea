// One turn of one engine, in a page or in Node.js.

/**
 * Runs the workload until the budget is used up, but once at least.
 * @returns the time of each run, in ms
 */
export async function measure(engine, workload, budget) {
  const runs = workload.oneByOne
    ? workload.texts.map((text, i) => engine.prepare({ texts: [text], ids: [workload.ids[i]] }))
    : [engine.prepare(workload)];
  const samples = [];
  const end = performance.now() + budget;
  while (samples.length === 0 || performance.now() < end) {
    const start = performance.now();
    for (const run of runs) await run();
    samples.push(performance.now() - start);
  }
  return samples;
}
