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
  { words: ["is", "was", "has"], hoped: "had" },
  {
    words: ["france", "paris", "germany"],
    hoped: "berlin",
    hint: "Fails on the rungs that learned from this page\u2019s text, which names each capital a few times only. The two models, which go back to far more text, have it.",
  },
  {
    words: ["one", "first", "two"],
    hoped: "second",
    hint: "No rung has it first: \u201csecond\u201d is a piece of time as well, and one vector has to serve both.",
  },
];

export interface SensesSample {
  word: string;
  sentences: string[];
}

/** The first two sentences mean one thing by the word, the others another. */
export const SENSES: readonly SensesSample[] = [
  {
    word: "bank",
    sentences: [
      "The pirate kept his gold in the bank.",
      "She opened an account at the bank.",
      "They fished from the bank of the river.",
      "The boat lay on the muddy bank of the stream.",
    ],
  },
  {
    word: "light",
    sentences: [
      "The light of the lamp was too bright.",
      "Turn off the light before you go.",
      "This bag is light, you can carry it.",
      "A light jacket weighs next to nothing.",
    ],
  },
  {
    word: "spring",
    sentences: [
      "Flowers bloom in spring.",
      "After the winter comes spring.",
      "The spring in the mattress is broken.",
      "A metal spring pushes the lever back.",
    ],
  },
];
