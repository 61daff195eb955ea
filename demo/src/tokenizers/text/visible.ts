// White space made visible, so that a piece never looks shorter than it is.

const SIGNS: Record<string, string> = {
  " ": "\u00b7",
  "\n": "\u21b5",
  "\t": "\u21e5",
  "\r": "\u240d",
  "\u00a0": "\u00b7",
};

export const visible = (text: string) => text.replace(/[ \n\t\r\u00a0]/g, (space) => SIGNS[space] as string);
