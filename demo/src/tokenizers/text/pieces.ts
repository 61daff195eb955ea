// An encoding as a row shows it: pieces with what is written on them, and the gaps of text that no token covers.
import type { Encoded } from "../worker/protocol.ts";
import { bytesOf, hexOf } from "./bytes.ts";
import type { TextInfo } from "./text_info.ts";
import { visible } from "./visible.ts";

export type PieceKind = "plain" | "special" | "unknown" | "part";

/** What can be written on a piece. */
export type Label = "text" | "token" | "id";

export interface Piece {
  label: string;
  /** "part": a piece of a character, so that there is no text to show. */
  kind: PieceKind;
  hue: number;
  /** Whether it goes on where the piece before it ends, inside the same word. */
  joined: boolean;
  /** Whether the next piece goes on in the same way. */
  continued: boolean;
}

/** Text between two pieces, as an element of a row. */
export interface Gap {
  gap: string;
}

export type Segment = Piece | Gap;

export const isGap = (segment: Segment): segment is Gap => "gap" in segment;

/** How byte-level BPE and Unigram spell a space; on a piece of their own they may stand for no text. */
const SPACE_MARKS = /[\u0120\u2581]/g;

/** Whether token `i` shares its stretch of text with a neighbour: they are bytes of one character. */
function isPart({ offsets }: Encoded, i: number): boolean {
  const start = offsets[2 * i];
  const end = offsets[2 * i + 1];
  const same = (j: number) => offsets[2 * j] === start && offsets[2 * j + 1] === end;
  return start !== end && (same(i - 1) || same(i + 1));
}

/** Whether token `i` goes on where the one before it ends, inside the same word. */
function isJoined({ offsets, wordIds }: Encoded, i: number): boolean {
  if (i === 0 || wordIds[i] === -1 || wordIds[i] !== wordIds[i - 1]) return false;
  return (offsets[2 * i] as number) <= (offsets[2 * i - 1] as number);
}

function kindOf(encoded: Encoded, i: number): PieceKind {
  if (encoded.special[i]) return "special";
  if (encoded.ids[i] === encoded.unknownId) return "unknown";
  return isPart(encoded, i) ? "part" : "plain";
}

function labelOf(encoded: Encoded, i: number, kind: PieceKind, label: Label, text: string): string {
  const token = encoded.tokens[i] ?? "";
  if (label === "id") return String(encoded.ids[i]);
  if (label === "token" || kind === "special") return token;
  const covered = text.slice(encoded.offsets[2 * i], encoded.offsets[2 * i + 1]);
  const bytes = kind === "part" ? bytesOf(token) : undefined;
  if (bytes) return hexOf(bytes);
  return visible(covered || token.replace(SPACE_MARKS, " "));
}

/** The row of an encoding, in reading order. `limit`: pieces to make at most. */
export function segmentsOf(encoded: Encoded, { text, hues }: TextInfo, label: Label, limit: number): Segment[] {
  const segments: Segment[] = [];
  const count = Math.min(encoded.ids.length, limit);
  let covered = 0; // UTF-16 unit up to which the row has come
  for (let i = 0; i < count; i++) {
    const start = encoded.offsets[2 * i] as number;
    const end = encoded.offsets[2 * i + 1] as number;
    const kind = kindOf(encoded, i);
    if (start > covered) segments.push({ gap: text.slice(covered, start) });
    segments.push({
      label: labelOf(encoded, i, kind, label, text),
      kind,
      hue: hueOf(text, hues, start, end),
      joined: isJoined(encoded, i),
      continued: i + 1 < count && isJoined(encoded, i + 1),
    });
    if (kind !== "special") covered = Math.max(covered, end);
  }
  if (count === encoded.ids.length && covered < text.length) segments.push({ gap: text.slice(covered) });
  return segments;
}

/** The colour of a piece is that of its first visible character: a leading space belongs to the word that follows. */
function hueOf(text: string, hues: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end - 1 && /\s/.test(text[at] as string)) at += 1;
  return hues[at] ?? 0;
}
