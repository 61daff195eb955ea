// Sentences to begin with, in pairs: one word changes what another word means. Layers and heads count from 0.

export interface Sample {
  /** The word that changes. */
  name: string;
  text: string;
  /** The head to show. */
  layer: number;
  head: number;
  /** The token to choose. */
  token: string;
}

export interface SamplePair {
  title: string;
  /** What to look for. */
  hint: string;
  samples: readonly [Sample, Sample];
}

export const PAIRS: readonly SamplePair[] = [
  {
    title: "Who is he?",
    hint: "Kind: the captain is. Drowning: the pirate is. In layer 4, head 2, \u201che\u201d gives the captain about half as much weight once he is drowning. It does not simply turn to the pirate; no head settles it alone.",
    samples: [
      { name: "kind", text: "The captain saved the pirate because he was kind.", layer: 3, head: 1, token: "he" },
      {
        name: "drowning",
        text: "The captain saved the pirate because he was drowning.",
        layer: 3,
        head: 1,
        token: "he",
      },
    ],
  },
  {
    title: "What is it?",
    hint: "Too tired: the animal. Too wide: the street. The same head gives the animal two thirds of the weight of \u201cit\u201d in one sentence and one third in the other, and the street gains.",
    samples: [
      {
        name: "tired",
        text: "The animal did not cross the street because it was too tired.",
        layer: 3,
        head: 1,
        token: "it",
      },
      {
        name: "wide",
        text: "The animal did not cross the street because it was too wide.",
        layer: 3,
        head: 1,
        token: "it",
      },
    ],
  },
  {
    title: "Which bank?",
    hint: "In layer 1, head 5, \u201cbank\u201d looks for company: the river in one sentence, the account in the other. Below, see which neighbours it moves to.",
    samples: [
      { name: "river", text: "She sat on the bank of the river and fished.", layer: 0, head: 4, token: "bank" },
      { name: "account", text: "She went to the bank and opened an account.", layer: 0, head: 4, token: "bank" },
    ],
  },
];
