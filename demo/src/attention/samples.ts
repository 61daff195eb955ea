// Sentences to begin with. Layers, heads and tokens count from 0; the hints count from 1, as the page does.
import type { View } from "./address.ts";

export interface Sample extends View {
  /** The word that the sentence is about. */
  name: string;
  token: number;
}

export interface SampleGroup {
  title: string;
  /** What to look for. */
  hint: string;
  samples: readonly Sample[];
}

const TALE =
  "The captain, against the suggestions of his crew, chose to save the pirate because he was touched by his tale.";

export const SAMPLES: readonly SampleGroup[] = [
  {
    title: "Captain and pirate",
    hint: "Who is touched, and whose tale is it? In layer 4, head 2, \u201che\u201d gives the captain the most weight among words; \u201chis\u201d before \u201ctale\u201d gives the pirate nearly four times as much as the captain.",
    samples: [
      { name: "he", text: TALE, layer: 3, head: 1, token: 17 },
      { name: "his", text: TALE, layer: 3, head: 1, token: 21 },
    ],
  },
  {
    title: "Who is he?",
    hint: "Kind: the captain is. Drowning: the pirate is. Then the captain gets about half as much weight in the same head. Yet it does not simply turn to the pirate; no head settles it alone.",
    samples: [
      { name: "kind", text: "The captain saved the pirate because he was kind.", layer: 3, head: 1, token: 7 },
      { name: "drowning", text: "The captain saved the pirate because he was drowning.", layer: 3, head: 1, token: 7 },
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
        token: 9,
      },
      {
        name: "wide",
        text: "The animal did not cross the street because it was too wide.",
        layer: 3,
        head: 1,
        token: 9,
      },
    ],
  },
  {
    title: "Which bank?",
    hint: "In layer 1, head 5, \u201cbank\u201d looks for company: the river in one sentence, the account in the other. Further down, see which neighbours it moves to.",
    samples: [
      { name: "river", text: "She sat on the bank of the river and fished.", layer: 0, head: 4, token: 5 },
      { name: "account", text: "She went to the bank and opened an account.", layer: 0, head: 4, token: 5 },
    ],
  },
];
