// Spreads drawing over several frames, so that no single task holds up the page. A newer picture drops what is left of the older one.

const nextFrame = () => new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

export class Frames {
  #turn = 0;

  /** Does each step in a frame of its own. */
  async draw(...steps: (() => void)[]): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    for (const step of steps) {
      await nextFrame();
      if (turn !== this.#turn) return;
      step();
    }
  }
}
