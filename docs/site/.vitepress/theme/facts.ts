// What was measured, as docs/site/make/figures.mjs writes it.
import facts from "../../generated/facts.json";

export { facts };

export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
export const kilobytes = (bytes: number): string => `${Math.round(bytes / 1000).toLocaleString("en")} kB`;
