// The freedesktop.org main categories, folded into the sections that the page offers. The order is the order of precedence: a
// program's first section is the one its card names, so the telling ones (a game, a picture editor) stand before the vague ones.
const SECTION_OF_CATEGORY = new Map([
  ["Game", "Games"],
  ["Graphics", "Graphics"],
  ["AudioVideo", "Sound & video"],
  ["Audio", "Sound & video"],
  ["Video", "Sound & video"],
  ["Science", "Science"],
  ["Education", "Education"],
  ["Office", "Office"],
  ["Development", "Development"],
  ["Network", "Internet"],
  ["System", "System"],
  ["Settings", "System"],
  ["Utility", "Tools"],
]);

export const SECTIONS = [...new Set(SECTION_OF_CATEGORY.values())];

/**
 * @param {string[]} categories freedesktop.org categories
 * @returns {string[]} sections, the most telling first; "Tools" where nothing fits
 */
export function sectionsOf(categories) {
  const found = new Set(categories.map((category) => SECTION_OF_CATEGORY.get(category)));
  const sections = SECTIONS.filter((section) => found.has(section));
  return sections.length > 0 ? sections : ["Tools"];
}
