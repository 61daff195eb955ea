// Tells screen readers what changed, in one polite live region. Quick successions, as while typing, are told once they settle.

const SETTLE_MS = 500;

export class Announcer {
  readonly #region: HTMLElement;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(region: HTMLElement) {
    this.#region = region;
  }

  say(text: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#region.textContent = text;
    }, SETTLE_MS);
  }
}
