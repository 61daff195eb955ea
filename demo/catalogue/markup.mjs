// Descriptions in AppStream are a small XML subset (p, ul, ol, li, em, code). The page wants plain blocks that it can show with
// textContent, so that no markup from outside ever reaches it: a string is a paragraph, an array of strings is a list.

/** @typedef {string | string[]} Block */

const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

/** @param {string} text */
function decodeEntities(text) {
  return text.replace(/&(#x?[0-9a-f]+|[a-z]+);/gi, (whole, name) => {
    if (name[0] !== "#") return ENTITIES[name.toLowerCase()] ?? whole;
    const code =
      name[1].toLowerCase() === "x" ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "";
  });
}

/** @param {string} text */
export const plainText = (text) =>
  decodeEntities(text.replace(/<[^>]*>/g, ""))
    .replace(/\s+/g, " ")
    .trim();

// Descriptions that come from Debian package files have had their lists flowed into the text: "Features: * one * two".
const FLOWED_ITEM = /(?:^|\s)[*\u2022]\s+/;

/** @param {string} paragraph @returns {Block[]} */
function splitFlowedList(paragraph) {
  const parts = paragraph.split(FLOWED_ITEM).map((part) => part.trim());
  if (parts.length < 3) return [paragraph];
  const [lead, ...items] = parts;
  const list = items.filter(Boolean);
  return lead ? [lead, list] : [list];
}

/**
 * @param {string} markup
 * @returns {Block[]} in reading order, nothing empty
 */
export function markupToBlocks(markup) {
  /** @type {Block[]} */
  const blocks = [];
  for (const [, tag, body] of markup.matchAll(/<(p|ul|ol)\b[^>]*>([\s\S]*?)<\/\1>/g)) {
    if (tag === "p") {
      blocks.push(...splitFlowedList(plainText(body)).filter((block) => block.length > 0));
      continue;
    }
    const items = [...body.matchAll(/<li\b[^>]*>([\s\S]*?)<\/li>/g)].map(([, item]) => plainText(item)).filter(Boolean);
    if (items.length > 0) blocks.push(items);
  }
  if (blocks.length === 0 && plainText(markup)) blocks.push(plainText(markup));
  return blocks;
}

/** All words of a description, as one line. @param {Block[]} blocks */
export const blocksToText = (blocks) => blocks.flat().join(" ");
