// Texts to begin with. Each shows something that another does not.

export interface Sample {
  name: string;
  text: string;
  /** BCP 47 tag of the text's language, so that it is read out and hyphenated as what it is. */
  language: string;
}

export const SAMPLES: readonly Sample[] = [
  {
    name: "English",
    language: "en",
    text: "Tokenizers turn unbelievably long sentences into short lists of numbers, and a photographer's free software reads them.",
  },
  {
    name: "German compound",
    language: "de",
    text: "Die Donaudampfschifffahrtsgesellschaft braucht eine Kraftfahrzeughaftpflichtversicherung.",
  },
  { name: "Chinese", language: "zh", text: "自由软件让每个人都能学习、修改和分享。" },
  { name: "Emoji", language: "en", text: "Family 👨‍👩‍👧‍👦, flag 🇩🇪, thumbs 👍🏽 and a cat 🐈 walk into a café ☕." },
  {
    name: "Code",
    language: "zxx",
    text: 'function total(prices) {\n  return prices.reduce((sum, price) => sum + price, 0).toFixed(2) + " EUR";\n}',
  },
  {
    name: "Numbers",
    language: "en",
    text: "3.14159 and 2,718,281 on 2024-02-29 at 07:45, from +49 30 901820 for €1.234,56.",
  },
  {
    name: "Medical words",
    language: "en",
    text: "Esophagogastroduodenoscopy ruled out a hepatocellular carcinoma; acetaminophen eased the dyspnea.",
  },
];
