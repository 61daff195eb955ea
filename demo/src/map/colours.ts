// The map's colours. It is dark in both themes, as the stage is.

/** One per region: far apart in hue, all light enough for a dark ground. */
const REGIONS = ["#5fd3a4", "#ff8fb4", "#ffd166", "#7db9ff", "#ff9d6c", "#c79dff", "#74e3ea", "#d3e76a"] as const;

export const colourOf = (slot: number): string => REGIONS[slot % REGIONS.length] as string;

export const COLOURS = {
  dot: "rgb(186 219 204 / 34%)",
  hit: "#ffffff",
  label: "rgb(214 235 225 / 62%)",
  name: "rgb(226 241 234 / 85%)",
  halo: "#0b1a15",
  plate: "#1d3a30",
  plateEdge: "rgb(255 255 255 / 16%)",
  liked: "#ff7fa8",
  hovered: "#ffffff",
} as const;
