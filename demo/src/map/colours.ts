// The map's colours. It is dark in both themes, as the stage is.

/** One per region: far apart in hue, all light enough for a dark ground. */
const REGIONS = ["#5fd3a4", "#ff8fb4", "#ffd166", "#7db9ff", "#ff9d6c", "#c79dff", "#74e3ea", "#d3e76a"] as const;

export const colourOf = (slot: number): string => REGIONS[slot % REGIONS.length] as string;

/** Sections tell the map's countries apart, softly: hues all round the circle. */
const hueOf = (section: number, sections: number) => Math.round(150 + (360 * section) / sections) % 360;
export const dotColour = (section: number, sections: number): string =>
  `oklch(0.74 0.085 ${hueOf(section, sections)} / 62%)`;
export const litColour = (section: number, sections: number): string => `oklch(0.9 0.07 ${hueOf(section, sections)})`;
export const labelColour = (section: number, sections: number): string =>
  `oklch(0.88 0.05 ${hueOf(section, sections)})`;

export const COLOURS = {
  hit: "#ffffff",
  name: "rgb(226 241 234 / 85%)",
  halo: "#0b1a15",
  plate: "#1d3a30",
  plateEdge: "rgb(255 255 255 / 16%)",
  liked: "#ff7fa8",
  hovered: "#ffffff",
} as const;
