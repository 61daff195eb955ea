// What the recommender weighs by. All of it was tuned by `npm run eval` on simulated people; change it there first.

/** What one event of each kind says, before time has worn it: 1 is a like, below 0 speaks against the item. */
export const KIND_WEIGHTS = {
  view: 0.2,
  click: 0.4,
  like: 1,
  save: 1.25,
  dislike: -1,
  hide: -0.6,
  describe: 1,
} as const;

/** Kinds after which an item is not recommended again: the person has made up their mind about it. */
export const JUDGING_KINDS: ReadonlySet<string> = new Set(["like", "save", "dislike", "hide"]);

/** Days after which an event counts half, unless the profile says otherwise. */
export const HALF_LIFE_DAYS = 30;

/** Later events after which an event counts half, so that a changed taste is followed within one sitting too. */
export const HALF_LIFE_EVENTS = 40;

/** Events that a recommendation looks at, the weightiest ones. Bounds its time. */
export const MOST_MEMORIES = 128;

/** The space in which events are compared. */
export const WHITENING = {
  /** What is added to each variance, in mean variances. */
  ridge: 0.1,
  /** Items from which the variances are taken. */
  sample: 2048,
} as const;

/** Interests: cosines are those of the white space, in which few items are much alike. */
export const INTERESTS = {
  /** An event this similar to an interest joins it; else it founds a new one. */
  joinCosine: 0.15,
  /** Two interests this similar are one. */
  mergeCosine: 0.3,
  /** Interests at once, also what bounds the scan; the two most similar merge when there would be more. */
  most: 8,
  /** An interest with less than this part of the strongest one's weight has faded. */
  faded: 0.02,
  /** What an interest counts beside the strongest: (its weight / the strongest's) to this power. 0: all the same. */
  gatePower: 0.5,
} as const;

/** The logistic regression on item vectors. */
export const REGRESSION = {
  /** Prior standard deviation of its weights: of the log-odds of an item of which nothing is known. */
  priorDeviation: 1,
  /** Prior log-odds that a person likes an item. */
  bias: -1,
  /** Events it learns from, the weightiest ones: its time grows by their cube. */
  mostEvents: 96,
} as const;

/** How much each part counts in a score. */
export const PARTS = {
  interest: 1,
  regression: 0.5,
  /** Of the cosine of the item's words with those of an event, the mean of all events, once there are many. */
  words: 6,
  /** Of an item's popularity between 0 and 1, for somebody without events. */
  popularity: 1.4,
  /** Of the noise of Thompson's sampling, with the exploration dial at 1. */
  exploration: 0.3,
} as const;

/** Weight of events after which words count half of that: the few words of a first event say little. */
export const WORDS_TRUST = 3;

/** How the popularity counts less with what is known of the person. */
export const POPULARITY_FADE = {
  /** Weight of events after which half of what fades has faded. */
  half: 3,
  /** The part that stays: of items that are as much to a person's taste, the better known are chosen more often. */
  rest: 0.2,
} as const;

/** Dials, where the caller does not set them. */
export const DEFAULT_DIALS = { topK: 10, exploration: 0, popularityWeight: 1, diversity: 0.2 } as const;

/** Items that are scored exactly, and of which the list is chosen: this many times topK, and at least so many. */
export const CANDIDATES = { perResult: 3, least: 120 } as const;

/** Starters are chosen of this many popular items per choice, and at least so many. */
export const STARTERS = {
  perChoice: 10,
  least: 100,
  /** What chance may add to a popularity between 0 and 1, so that not everybody sees the same. */
  shuffle: 0.05,
} as const;
