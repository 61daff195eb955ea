// What the page and its worker say to each other: questions with answers, and news.
import type { Block, Program } from "../catalogue/catalogue.ts";
import type { Interest } from "../map/regions.ts";
import type { Traffic } from "../privacy/traffic.ts";

/** How the feed is ranked: what the recommender learned, shared words of the descriptions, or the same for everybody. */
export type Ranking = "meaning" | "words" | "popularity";

export type SearchWay = "both" | "meaning" | "words";

/** An item of the feed. */
export interface Ranked {
  item: number;
  /** The event that speaks most for it, as its position in the profile. */
  because?: number;
  /** That event's part of all that speaks for the item, 0 to 1. */
  part?: number;
}

export interface Feed {
  ranked: Ranked[];
  /** Programs that the feed could show, if it went on. */
  total: number;
  /** How many of the first 24 are among the first 24 by meaning too. */
  asByMeaning: number;
  interests: Interest[];
  milliseconds: number;
}

/** A part of an item's score. */
export interface ShownShare {
  /** Position of the event in the profile, or what else speaks. */
  from: number | "popularity" | "exploration";
  share: number;
}

export interface Explanation {
  score: number;
  /** They add up to the score; the largest first. */
  shares: ShownShare[];
}

export interface Passage {
  item: number;
  text: string;
}

/** Profiles travel as the bytes that they are saved as; events are named by their positions in them. */
export interface Questions {
  feed: {
    question: {
      profile: Uint8Array;
      ranking: Ranking;
      exploration: number;
      section?: string | undefined;
      count: number;
    };
    answer: Feed;
  };
  search: {
    question: { text: string; way: SearchWay; section?: string | undefined };
    /** `way` is "words" while there is no model, whatever was asked for. */
    answer: { items: number[]; way: SearchWay; milliseconds: number };
  };
  /** The sentence of each item's description that answers a query best, where it has one. */
  passages: { question: { text: string; items: number[] }; answer: Passage[] };
  explain: { question: { profile: Uint8Array; item: number; exploration: number }; answer: Explanation };
  similar: { question: { item: number; count: number }; answer: number[] };
  description: { question: { item: number }; answer: Block[] };
  /** Waits until the model is there. */
  embed: { question: { text: string }; answer: { vector: Float32Array; fingerprint: string } };
}

export type Kind = keyof Questions;
export type Question<K extends Kind> = Questions[K]["question"];
export type Answer<K extends Kind> = Questions[K]["answer"];

/** What the page tells about the model in use. */
export interface ModelCard {
  name: string;
  license: string;
  binary: string;
  megabytes: number;
}

export type ToWorker =
  | { type: "start"; programs: readonly Program[]; dimensions: number; modelUrl: string }
  | { type: "startModel"; modelUrl: string }
  | { [K in Kind]: { type: "ask"; id: number; kind: K; question: Question<K> } }[Kind];

export type FromWorker =
  /** The index is there: feed, explanations and search by words can be asked for. `starters`: items to ask a newcomer about. */
  | { type: "ready"; starters: number[] }
  | { type: "failed"; message: string }
  | { type: "modelProgress"; loaded: number; total?: number; fraction: number }
  | { type: "modelReady"; model: ModelCard }
  | { type: "modelFailed"; message: string }
  | { type: "traffic"; traffic: Traffic }
  | { type: "answer"; id: number; answer: Answer<Kind> }
  | { type: "noAnswer"; id: number; message: string };
