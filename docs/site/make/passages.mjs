// What the search by meaning on the front page looks through: every section of the hand-written pages, with its vector.
// The vectors are made here, in Node.js; the page makes only that of the question, with the same bits.

import { readFileSync } from "node:fs";
import path from "node:path";
import { load } from "kinvec";
import { createIndex } from "kinvec/search";
import { createMarkdownRenderer } from "vitepress";
import { pages } from "./pages.mjs";
import { site } from "./places.mjs";

const kShownCharacters = 180;
// A section begins with what it is about; the vector of a whole section is near to nothing in particular.
const kEmbeddedWords = 40;

/**
 * @returns {Promise<{ passages: { page: string, title: string, link: string, text: string }[], index: Uint8Array }>}
 *   `index` has the passages under their places in the list
 */
export async function indexPassages(modelFile) {
  const guides = pages().filter((name) => name !== "index.md");
  const passages = (await Promise.all(guides.map(passagesOf))).flat();
  const model = await load(modelFile);
  try {
    const texts = passages.map(({ title, text }) => `${title}. ${text.split(" ", kEmbeddedWords).join(" ")}`);
    const index = await createIndex({ model });
    index.add([...texts.keys()], await model.embed(texts, { role: "document" }));
    return { passages: passages.map((one) => ({ ...one, text: shortened(one.text) })), index: index.save() };
  } finally {
    model.dispose();
  }
}

let renderer;

async function passagesOf(file) {
  renderer ??= createMarkdownRenderer(site, { highlight: (code) => code }); // code is left out anyway
  const source = readFileSync(path.join(site, file), "utf8").replace(/^---[\s\S]*?^---$/m, "");
  const html = (await renderer).render(source, { path: path.join(site, file), relativePath: file });
  const [head, ...sections] = html.split(/(?=<h[23] id=)/);
  const page = textOf(/<h1[^>]*>[\s\S]*?<\/h1>/.exec(head)?.[0] ?? "");
  const link = `/${file.replace(/\.md$/, ".html")}`;
  const first = { page, title: page, link, text: prose(head.replace(/<h1[\s\S]*<\/h1>/, "")) };
  const rest = sections.map((section) => {
    const [, id, heading] = /^<h[23] id="([^"]+)"[^>]*>([\s\S]*?)<\/h[23]>/.exec(section);
    return { page, title: textOf(heading), link: `${link}#${id}`, text: prose(section.slice(section.indexOf("</h"))) };
  });
  return [first, ...rest].filter(({ text }) => text.length > 40);
}

/** What is to be read, without the code. */
function prose(html) {
  return textOf(html.replace(/^<\/h\d>/, "").replace(/<div class="language-[\s\S]*?<\/pre>[\s\S]*?<\/div>/g, " "));
}

function textOf(html) {
  return html
    .replace(/<a class="header-anchor"[\s\S]*?<\/a>/g, "")
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, "")
    .replace(/<[^>]+>/g, "")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&#8203;/g, "")
    .replace(/&amp;/g, "&")
    .replace(/\s+/g, " ")
    .trim();
}

function shortened(text) {
  if (text.length <= kShownCharacters) return text;
  return `${text.slice(0, text.lastIndexOf(" ", kShownCharacters))} …`;
}
