// What a file says of a graph before its links: neighbors (u32), effort (u32), levels drawn (u64), entry (u32).
import { KinvecError } from "../../errors.ts";
import type { GraphState } from "../../native/index_graph.ts";
import { isGraph } from "../graph_options.ts";

export const GRAPH_STATE_BYTES = 20;

export function encodeGraphState({ neighbors, effort, levelsDrawn, entry }: GraphState): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(GRAPH_STATE_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, neighbors, true);
  view.setUint32(4, effort, true);
  view.setBigUint64(8, BigInt(levelsDrawn), true);
  view.setUint32(16, entry, true);
  return bytes;
}

/** Throws MODEL_FORMAT for bytes, which begin at `at`, that are never written. */
export function decodeGraphState(bytes: Uint8Array, at: number): GraphState {
  const fail = () => new KinvecError("MODEL_FORMAT", "the graph is none that an index writes", { at });
  if (bytes.byteLength !== GRAPH_STATE_BYTES) throw fail();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const state = {
    neighbors: view.getUint32(0, true),
    effort: view.getUint32(4, true),
    levelsDrawn: Number(view.getBigUint64(8, true)),
    entry: view.getUint32(16, true),
  };
  if (!isGraph(state) || !Number.isSafeInteger(state.levelsDrawn)) throw fail();
  return state;
}
