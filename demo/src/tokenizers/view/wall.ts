// The picture beside the title: one word, cut as each kind of tokenizer may cut it.
import { h } from "../../view/dom.ts";

const LINES = [
  ["token", "##izer", "##s", "read"],
  ["un", "believ", "able", "\u00b7words"],
  ["tokenizers", "read", "words"],
  ["t", "o", "k", "e", "n", "i", "z", "e", "r", "s"],
  ["\u2581to", "ken", "izers", "\u2581read"],
  ["F0", "9F", "90", "88", "\u00b7", "meow"],
  ["text", "in", "pieces", "101", "2023", "102"],
];

const HUES = [162, 255, 88, 320, 40]; // degrees, as on the pieces

export function fillWall(container: HTMLElement): void {
  const lines = LINES.map((pieces, line) => {
    const elements = pieces.map((text, i) => {
      const element = h("span", { class: "wall-piece" }, text);
      element.style.setProperty("--hue", String(HUES[(line + i) % HUES.length]));
      return element;
    });
    return h("div", { class: "wall-line" }, ...elements);
  });
  container.replaceChildren(...lines);
}
