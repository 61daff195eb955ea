// Reads DEP-11, Debian's AppStream metadata: gzipped YAML with one document per component, most of it translations.
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { load as parseYaml } from "js-yaml";
import { blocksToText, markupToBlocks } from "./markup.mjs";
import { isWellKnown } from "./order.mjs";
import { sectionsOf } from "./sections.mjs";

// Below this many characters a description says too little to tell programs apart by meaning.
const MIN_DESCRIPTION_LENGTH = 180;

/**
 * @typedef {object} Program
 * @property {string} id AppStream identifier
 * @property {string} name
 * @property {string} summary
 * @property {import("./markup.mjs").Block[]} description
 * @property {string[]} sections
 * @property {string[]} keywords
 * @property {string} [package] what to install
 * @property {string} [homepage] https address
 * @property {string} [license] SPDX expression
 * @property {string} [icon] file name inside the icon archives
 * @property {number} translations how many languages its texts exist in
 */

/** @param {Record<string, any>} component @returns {Program} */
function toProgram(component) {
  const homepage = component.Url?.homepage?.replace(/^http:/, "https:");
  const languages = new Set([...Object.keys(component.Summary), ...Object.keys(component.Description)]);
  return {
    id: component.ID.replace(/\.desktop$/, ""),
    name: component.Name.C.trim().replace(/(?<=[a-z]{2})\.$/, ""),
    summary: component.Summary.C.trim().replace(/\.$/, ""),
    description: markupToBlocks(component.Description.C),
    sections: sectionsOf(component.Categories ?? []),
    keywords: (component.Keywords?.C ?? []).map(String),
    package: component.Package,
    homepage: URL.canParse(homepage ?? "") ? homepage : undefined,
    license: component.ProjectLicense?.startsWith("LicenseRef-") ? undefined : component.ProjectLicense,
    icon: component.Icon?.cached?.[0]?.name,
    translations: languages.size,
  };
}

/** Whether a component can be shown: a desktop application that says in English what it is. */
function isPresentable(component) {
  return (
    component.Type === "desktop-application" && component.Name?.C && component.Summary?.C && component.Description?.C
  );
}

/** Drops the second entries that some packages bring, such as "BleachBit (as root)" beside "BleachBit". */
function withoutVariants(programs) {
  const names = new Set(programs.map((program) => `${program.package}/${program.name}`));
  return programs.filter(({ package: owner, name }) => {
    const plain = name.replace(/\s*\([^)]*\)$/, "");
    return plain === name || !names.has(`${owner}/${plain}`);
  });
}

/**
 * @param {string[]} files gzipped DEP-11 YAML
 * @returns {Promise<Program[]>} each identifier once, and each name with its summary once
 */
export async function readDep11(files) {
  /** @type {Map<string, Program>} */
  const programs = new Map();
  const seen = new Set();
  for (const file of files) {
    const text = (await promisify(gunzip)(await readFile(file))).toString("utf8");
    for (const document of text.split(/^---\n/m)) {
      if (!/^Type: desktop-application$/m.test(document)) continue; // parsing is the slow part
      const component = parseYaml(document);
      if (!isPresentable(component)) continue;
      const program = toProgram(component);
      const title = `${program.name}\n${program.summary}`.toLowerCase();
      if (programs.has(program.id) || seen.has(title)) continue;
      if (!isWellKnown(program) && blocksToText(program.description).length < MIN_DESCRIPTION_LENGTH) continue;
      seen.add(title);
      programs.set(program.id, program);
    }
  }
  return withoutVariants([...programs.values()]);
}
