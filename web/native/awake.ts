// WebAssembly's work in the background, awaited safely.

/**
 * Awaits compiling or starting a binary. Node.js does not count that as work of its event loop: with nothing else under
 * way it blocks the thread until all background work has ended. If some of that is the optimiser, which may have to wait
 * until this thread collects garbage, neither ever ends. A timer, which is counted, keeps the loop going.
 */
export async function keepingAwake<T>(work: Promise<T>): Promise<T> {
  const timer = setInterval(() => {}, kLong);
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}

const kLong = 2 ** 30; // milliseconds
