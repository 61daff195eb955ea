// What to begin with. What is said of the samples is what the page's own vectors answer; tests hold it to that.
import type { RungKey } from "./rungs/rungs.ts";

export interface QuerySample {
  name: string;
  text: string;
}

export const QUERIES: readonly QuerySample[] = [
  { name: "river", text: "river" },
  { name: "king", text: "king" },
  { name: "wine", text: "wine" },
  { name: "a misspelt word", text: "violinst" },
  { name: "dog bites man", text: "dog bites man" },
  { name: "man bites dog", text: "man bites dog" },
];

export const FIRST_RUNGS: readonly RungKey[] = ["counts", "word2vec", "contextual"];

export interface AnalogySample {
  words: [a: string, b: string, c: string];
  /** What one hopes for. */
  hoped: string;
  /** Of those that do not work everywhere: why. */
  hint?: string;
}

export const ANALOGIES: readonly AnalogySample[] = [
  { words: ["man", "king", "woman"], hoped: "queen" },
  { words: ["king", "queen", "prince"], hoped: "princess" },
  { words: ["france", "french", "germany"], hoped: "german" },
  { words: ["good", "better", "bad"], hoped: "worse" },
  { words: ["walk", "walked", "look"], hoped: "looked" },
  {
    words: ["france", "paris", "germany"],
    hoped: "berlin",
    hint: "Does not work on the rungs that learned from this page\u2019s text: it names each capital a few times only. The models, which read far more, know.",
  },
  {
    words: ["one", "first", "two"],
    hoped: "second",
    hint: "Hardly works anywhere: \u201csecond\u201d is a piece of time as well, and has one vector for both.",
  },
];

export interface SensesSample {
  word: string;
  sentences: string[];
}

export const SENSES: readonly SensesSample[] = [
  {
    word: "bank",
    sentences: [
      "The pirate robbed the bank and sailed away.",
      "She keeps her savings at the bank in town.",
      "We sat on the river bank and watched the boats.",
      "Reeds grow along the muddy bank of the stream.",
    ],
  },
  {
    word: "bat",
    sentences: [
      "The bat flew out of the cave at dusk.",
      "A bat hangs upside down and sleeps all day.",
      "He swung the bat and hit the ball.",
      "The player dropped his bat and ran.",
    ],
  },
  {
    word: "light",
    sentences: [
      "The light of the lamp was too bright.",
      "This bag is light, you can carry it.",
      "Turn off the light before you go.",
      "A light jacket weighs next to nothing.",
    ],
  },
];
