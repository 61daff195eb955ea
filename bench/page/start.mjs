// What the start pages share: they open an engine as a page of a user would, and say when it gave what.

const memories = watchMemories();

/**
 * @param {() => Promise<(text: string) => Promise<ArrayLike<number>>>} open
 *   answers what embeds a text, as soon as the engine is ready
 */
export function begin(open) {
  const started = open();
  const text = new URLSearchParams(location.search).get("text");

  /** Milliseconds from the navigation to the engine and to the first vector, and of the first call alone. */
  globalThis.firstVector = async () => {
    const embed = await started;
    const ready = performance.now();
    await embed(text);
    const first = performance.now();
    const wasm = [...memories].reduce((sum, memory) => sum + memory.buffer.byteLength, 0);
    return { ready, first, call: first - ready, wasm };
  };

  /** Goes on for so many milliseconds; the time of each call. */
  globalThis.goOn = async (duration) => {
    const embed = await started;
    const times = [];
    for (const end = performance.now() + duration; performance.now() < end; ) {
      const start = performance.now();
      await embed(text);
      times.push(performance.now() - start);
    }
    return times;
  };
}

/** The WebAssembly memories of the page, whether a script makes them or an instance brings its own. */
function watchMemories() {
  const found = new Set();
  const { instantiate, instantiateStreaming, Memory, Instance } = WebAssembly;
  const watch = (instance) => {
    for (const value of Object.values(instance.exports)) if (value instanceof Memory) found.add(value);
  };
  const watched =
    (create) =>
    async (...args) => {
      const result = await create.apply(WebAssembly, args);
      watch(result.instance ?? result);
      return result;
    };
  WebAssembly.instantiate = watched(instantiate);
  WebAssembly.instantiateStreaming = watched(instantiateStreaming);
  WebAssembly.Memory = new Proxy(Memory, {
    construct(target, args) {
      const memory = new target(...args);
      found.add(memory);
      return memory;
    },
  });
  WebAssembly.Instance = new Proxy(Instance, {
    construct(target, args) {
      const instance = new target(...args);
      watch(instance);
      return instance;
    },
  });
  return found;
}
