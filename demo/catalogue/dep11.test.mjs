import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { readDep11 } from "./dep11.mjs";

const LONG = "It does a great many things, all of them well, and says so at length. ".repeat(4);

function component(fields) {
  const defaults = { Type: "desktop-application", ID: "org.example.Draw", Package: "draw", Name: { C: "Draw" } };
  const all = { ...defaults, Summary: { C: "Draw pictures." }, Description: { C: `<p>${LONG}</p>` }, ...fields };
  return Object.entries(all)
    .map(([key, value]) => `${key}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join("\n");
}

async function read(...components) {
  const folder = mkdtempSync(join(tmpdir(), "kinvec-dep11-"));
  try {
    const file = join(folder, "Components-amd64.yml.gz");
    writeFileSync(file, gzipSync(["File: DEP-11\nVersion: '0.16'", ...components].map((c) => `---\n${c}\n`).join("")));
    return await readDep11([file]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("a desktop application becomes a program", async () => {
  const [program] = await read(
    component({
      ID: "org.example.Draw.desktop",
      Name: { C: "Draw", de: "Malen" },
      Summary: { C: "Draw pictures.", fr: "Dessiner" },
      Categories: ["Utility", "Graphics"],
      Keywords: { C: ["paint", "brush"] },
      Url: { homepage: "http://example.org/draw" },
      ProjectLicense: "MIT",
      Icon: { cached: [{ name: "draw_draw.png", width: 64, height: 64 }] },
    }),
  );
  assert.deepEqual(program, {
    id: "org.example.Draw",
    name: "Draw",
    summary: "Draw pictures",
    description: [LONG.trim()],
    sections: ["Graphics", "Tools"],
    keywords: ["paint", "brush"],
    package: "draw",
    homepage: "https://example.org/draw",
    license: "MIT",
    icon: "draw_draw.png",
    translations: 2,
  });
});

test("what is no application, says too little or has no English text is left out", async () => {
  const programs = await read(
    component({ Type: "font" }),
    component({ ID: "short", Description: { C: "<p>Draws.</p>" } }),
    component({ ID: "german", Description: { de: `<p>${LONG}</p>` } }),
  );
  assert.deepEqual(programs, []);
});

test("doubles and variants in brackets of one package are left out", async () => {
  const programs = await read(
    component({}),
    component({ Name: { C: "Other" } }), // the same identifier again
    component({ ID: "again", Summary: { C: "Draw pictures" } }), // the same name and summary again
    component({ ID: "root", Name: { C: "Draw (as root)" } }),
    component({ ID: "alone", Package: "other", Name: { C: "Clean (as root)" } }),
  );
  assert.deepEqual(
    programs.map(({ id }) => id),
    ["org.example.Draw", "alone"],
  );
});
