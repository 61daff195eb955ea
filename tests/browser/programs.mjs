// Finds browser programs: a path the user names wins, then the first of the usual names on PATH.

import { accessSync, constants, readdirSync } from "node:fs";
import path from "node:path";

export function findProgram(chosen, names) {
  const named = chosen.find((value) => value);
  if (named) return named;
  for (const name of names) {
    for (const folder of (process.env.PATH ?? "").split(path.delimiter)) {
      if (isExecutable(path.join(folder, name))) return path.join(folder, name);
    }
  }
  throw new Error(`none of ${names.join(", ")} found on PATH; tools/setup.sh test installs it`);
}

/** What Chromium is started with: by itself, and with nothing of its own to ask the network for. */
export const chromiumFlags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1", // a page here needs no other host
];

export function findChromium() {
  return findProgram(
    [process.env.KINVEC_CHROME, process.env.CHROME_PATH],
    ["chromium", "google-chrome", "google-chrome-stable", "chromium-browser"],
  );
}

/** Finds one of the files below a folder or one of its direct sub-folders (Debian keeps one per machine architecture). */
export function findFile(folder, names) {
  const folders = [folder, ...readdirSync(folder).map((name) => path.join(folder, name))];
  for (const name of names) {
    const found = folders.map((parent) => path.join(parent, name)).find(isExecutable);
    if (found) return found;
  }
  throw new Error(`none of ${names.join(", ")} found below ${folder}; tools/setup.sh test installs it`);
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
