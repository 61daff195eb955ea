// A progress bar on standard error, drawn only for a person: never into a file or pipe.

const kWidth = 30;

export class ProgressBar {
  readonly #label: string;
  readonly #stream = process.stderr;
  #drawn = "";

  constructor(label: string) {
    this.#label = label;
  }

  /** fraction 0 to 1; undefined where the end is not known. */
  update(fraction: number | undefined, note = ""): void {
    if (!this.#stream.isTTY) return;
    const line = fraction === undefined ? `${this.#label} ${note}` : `${this.#label} ${bar(fraction)} ${note}`;
    if (line === this.#drawn) return;
    this.#drawn = line;
    this.#stream.write(`\r\u001B[K${line}`);
  }

  /** Takes the bar away. */
  clear(): void {
    if (this.#drawn) this.#stream.write("\r\u001B[K");
    this.#drawn = "";
  }
}

function bar(fraction: number): string {
  const filled = Math.round(fraction * kWidth);
  const percent = `${Math.floor(100 * fraction)}`.padStart(3);
  return `[${"#".repeat(filled)}${".".repeat(kWidth - filled)}] ${percent} %`;
}
