// Progress of nested steps.

/** Called between pieces of work with the share done, 0 to 1; may throw to stop. */
export type OnShare = (share: number) => void | Promise<void>;

/** Maps a step's own share into its part of the whole. */
export function part(onShare: OnShare, from: number, to: number): OnShare {
  return (share) => onShare(from + (to - from) * share);
}
