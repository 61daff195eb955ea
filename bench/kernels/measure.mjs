// Times the kernels of compiled modules in this page or process: all cases of all modules in turn, round after round, and
// of each the fastest sample.

import { groups, walls } from "./cases.mjs";

const sampleTime = 2; // ms
const samplesOfTurn = 4;
const warmUpTime = 30; // ms, in which engines bring a kernel to its optimised form

/**
 * @param {{ name: string, bytes: ArrayBuffer }[]} files modules to compare
 * @param {{ rounds: number, only?: string, onProgress?(line: string): void }} options only: names of groups, by commas
 * @returns {Promise<{ name: string, walls: Record<string, number>, nanoseconds: Record<string, number[]> }[]>}
 *   walls in GMAC/s; nanoseconds of one run by group and in the order of its cases
 */
export async function measureKernels(files, { rounds, only, onProgress = () => {} }) {
  const chosen = groups.filter(({ name }) => !only || only.split(",").includes(name));
  const modules = [];
  for (const { name, bytes } of files) modules.push({ name, runs: runsOf(await WebAssembly.compile(bytes), chosen) });
  for (const { runs } of modules) for (const run of runs) run.calibrate();
  for (let round = 1; round <= rounds; round++) {
    for (const at of modules[0].runs.keys()) for (const { runs } of modules) runs[at].turn();
    onProgress(`round ${round} of ${rounds}`);
  }
  return modules.map(({ name, runs }) => {
    const of = (group) => runs.filter((run) => run.group === group);
    return {
      name,
      walls: fastest(of("wall")),
      nanoseconds: Object.fromEntries(
        chosen.map((group) => [group.name, of(group.name).map((run) => run.nanoseconds())]),
      ),
    };
  });
}

/** Everything to be timed on one module. Cases with the same operands share an instance. */
function runsOf(module, chosen) {
  const instances = new Map();
  const instanceOf = (prepare = []) => {
    const key = prepare.join();
    if (!instances.has(key)) {
      const { exports } = new WebAssembly.Instance(module, stubs(module));
      exports._initialize?.();
      const [name, ...args] = prepare;
      if (name && !exports[name](...args)) throw new Error(`no memory for ${key}`);
      instances.set(key, exports);
    }
    return instances.get(key);
  };
  const run = (group, { prepare, run: [name, ...args], ...rest }) => ({
    ...rest,
    ...timer((times) => instanceOf(prepare)[name](times, ...args)),
    group,
  });
  return [
    ...walls.map((wall) => {
      const [name, loop] = wall.macs;
      return { ...run("wall", wall), macs: instanceOf()[name](loop) };
    }),
    ...chosen.flatMap((group) => group.cases.map((one) => run(group.name, one))),
  ];
}

/** GMAC/s of the fastest loop of each wall. */
function fastest(runs) {
  const rates = {};
  for (const { name, macs, nanoseconds } of runs) rates[name] = Math.max(rates[name] ?? 0, macs / nanoseconds());
  return rates;
}

function timer(call) {
  let times = 1;
  let best = Number.POSITIVE_INFINITY; // ms of one time
  const sample = () => {
    const start = performance.now();
    call(times);
    const taken = performance.now() - start;
    best = Math.min(best, taken / times);
    return taken;
  };
  return {
    calibrate() {
      // Many short calls: engines count calls and turns of loops before they optimise.
      const end = performance.now() + warmUpTime;
      while (performance.now() < end) if (sample() < sampleTime / 2) times *= 2;
      times = Math.max(1, Math.round(sampleTime / best));
      best = Number.POSITIVE_INFINITY;
    },
    turn() {
      for (let i = 0; i < samplesOfTurn; i++) sample();
    },
    nanoseconds: () => best * 1e6,
  };
}

/** The few functions of a system that the module names; the kernels call none. */
function stubs(module) {
  const imports = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    imports[from] ??= {};
    imports[from][name] = () => 0;
  }
  return imports;
}
