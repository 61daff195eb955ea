// Progress of a load as one number that never falls and ends at exactly 1.
import type { LoadProgress } from "./types.ts";

/** Share of the whole that receiving the bytes makes up; the rest is preparing the weights. */
const kDownloadShare = 0.9;
/** Where the length is unknown the fraction nears the share, halfway there after this many bytes. */
const kUnknownHalfway = 16 << 20;

export class ProgressReporter {
  readonly #report: ((progress: LoadProgress) => void) | undefined;
  #last: LoadProgress = { stage: "download", loaded: 0, fraction: 0 };

  constructor(report: ((progress: LoadProgress) => void) | undefined) {
    this.#report = report;
  }

  /** Bytes received so far. A total that proves too small is left out. */
  download(loaded: number, total: number | undefined): void {
    const known = total !== undefined && loaded <= total;
    const share = known ? loaded / total : loaded / (loaded + kUnknownHalfway);
    this.#emit({ stage: "download", loaded, ...(known && { total }), fraction: kDownloadShare * share });
  }

  /** Share of a conversion done that stands in for a download, 0 to 1. */
  convert(share: number): void {
    this.#emit({ ...this.#last, stage: "prepare", fraction: kDownloadShare * share });
  }

  /** Share of the preparation done, 0 to 1. */
  prepare(share: number): void {
    this.#emit({ ...this.#last, stage: "prepare", fraction: kDownloadShare + (1 - kDownloadShare) * share });
  }

  done(): void {
    this.#emit({ ...this.#last, stage: "prepare", fraction: 1 });
  }

  #emit(progress: LoadProgress): void {
    this.#last = { ...progress, fraction: Math.max(progress.fraction, this.#last.fraction) };
    this.#report?.(this.#last);
  }
}
