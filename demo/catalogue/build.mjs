// Makes demo/generated/ from the free-software catalogue: what the page lists, what it shows in detail, vectors and icon sheets.
// KINVEC_DEMO_CATALOGUE=written takes the small catalogue even where apt is there.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { findAppStream } from "./apt_lists.mjs";
import { readDep11 } from "./dep11.mjs";
import { COLUMNS, TILE, writeIconSheets } from "./icons.mjs";
import { mapOf } from "./map.mjs";
import { orderByPrior } from "./order.mjs";
import { SECTIONS } from "./sections.mjs";
import { vectorsOf } from "./vectors.mjs";
import { readWritten } from "./written.mjs";

const OUT = new URL("../generated/", import.meta.url);
const MODEL = new URL("../../models/all-MiniLM-L6-v2.q8.gguf", import.meta.url);

const log = (/** @type {string} */ line) => console.log(`demo: ${line}`);

/** Changes whenever the output would: these scripts, the metadata files, the model. */
function inputStamp(files) {
  const hash = createHash("sha256");
  const here = new URL(".", import.meta.url);
  for (const name of readdirSync(here).sort()) hash.update(name).update(readFileSync(new URL(name, here)));
  for (const file of [...files, fileURLToPath(MODEL)]) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest("hex");
}

/** What the list needs; descriptions, the greater part, are fetched when a program is opened. */
function toEntry(program, icon, isDebian) {
  const { id, name, summary, sections, keywords, homepage, license, prior } = program;
  const owner = isDebian ? program.package : undefined;
  return { id, name, summary, sections, keywords, package: owner, homepage, license, prior, ...icon };
}

async function build() {
  const appStream = process.env.KINVEC_DEMO_CATALOGUE === "written" ? undefined : await findAppStream(log);
  const stamp = inputStamp(appStream ? Object.values(appStream).flat() : []);
  const stampFile = new URL(".stamp", OUT);
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return;

  const found = appStream ? await readDep11(appStream.components) : await readWritten();
  const programs = orderByPrior(found);
  log(`${programs.length} programs, ${appStream ? "from Debian's catalogue" : "from the project's own catalogue"}`);

  await rm(OUT, { recursive: true, force: true });
  await mkdir(OUT, { recursive: true });
  const icons = appStream
    ? await writeIconSheets(programs, appStream, fileURLToPath(new URL("icons/", OUT)))
    : programs.map(() => ({ hasIcon: false }));

  let reported = 0;
  const { rows, dimensions } = await vectorsOf(programs, MODEL, (done) => {
    const tenths = Math.floor((10 * done) / programs.length);
    if (tenths > reported) log(`embedding the descriptions: ${10 * tenths} %`);
    reported = tenths;
  });

  const catalogue = {
    source: appStream ? "debian" : "written",
    dimensions,
    icons: { tile: TILE, columns: COLUMNS },
    sections: SECTIONS.filter((section) => programs.some((program) => program.sections.includes(section))),
    programs: programs.map((program, i) => toEntry(program, icons[i], Boolean(appStream))),
  };
  await writeFile(new URL("catalogue.json", OUT), JSON.stringify(catalogue));
  await writeFile(new URL("descriptions.json", OUT), JSON.stringify(programs.map((program) => program.description)));
  await writeFile(new URL("vectors.bin", OUT), rows);
  await writeFile(new URL("map.bin", OUT), await mapOf(rows, dimensions));
  await writeFile(stampFile, stamp);
}

await build();
