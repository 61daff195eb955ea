// The last check before an index is handed out: that the relaxed dot product, of which int8 scans and graphs are made, is
// still exact once a scan's own code has run often enough to be optimised.
import type { BinaryName } from "../types.ts";
import type { Opened } from "./choose.ts";
import type { SearchInstance } from "./search_instance.ts";
import { NATIVE_PRECISIONS } from "./search_module.ts";

// Two million dot products in all, which take a few milliseconds.
const kDimensions = 512;
const kRows = 512;
const kSearches = 128;

/** The instance, or where it does not stay exact one of the binaries that remain. */
export async function instanceFor(
  { instance, remaining }: Opened<SearchInstance>,
  open: (order: readonly BinaryName[]) => Promise<Opened<SearchInstance>>,
): Promise<SearchInstance> {
  if (scanStaysExact(instance)) return instance;
  if (remaining.length === 0) throw instance.inexact();
  return (await open(remaining)).instance;
}

/** Searches an index of known numbers again and again; all answers must be equal, and the probe still pass. */
function scanStaysExact(instance: SearchInstance): boolean {
  if (instance.binary === "simd128") return true;
  const values = Float32Array.from({ length: kRows * kDimensions }, (_, i) => ((i * 7919) % 255) - 127);
  return (
    instance.withMemory(values.byteLength, (pointer) =>
      instance.run((native) => {
        native.HEAPF32.set(values, pointer / 4);
        const rows = new native.FlatIndex(kDimensions, NATIVE_PRECISIONS.int8, false);
        rows.add(pointer, kRows);
        const answer = () => {
          rows.search(pointer, 1, kRows, kRows, 0, 0);
          return native.HEAPU32.slice(rows.hits() / 4, rows.hits() / 4 + 2 * kRows);
        };
        const first = answer();
        let equal = true;
        for (let i = 1; i < kSearches && equal; i++) equal = answer().every((bits, at) => bits === first[at]);
        rows.delete();
        return equal;
      }),
    ) && instance.stillExact()
  );
}
