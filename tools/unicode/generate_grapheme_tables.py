"""Writes src/unicode/grapheme_tables.h by running the reference tokenizer over all code points.

The reference finds extended grapheme clusters (UAX 29) in one place only: its normalizer Precompiled replaces a cluster
of fewer than 6 bytes as a whole if its character map has an entry for the beginning, else character by character.
With small maps made for the purpose this shows where clusters end. Each character is tried in the places that tell the
classes of the break rules apart. What shows in no text is in no class: two regional indicators are 8 bytes, and so are
replaced one by one whether they are a cluster or not.

    pip install -r tools/unicode/requirements.txt
    python tools/unicode/generate_grapheme_tables.py
"""

import struct
from importlib.metadata import version
from pathlib import Path

from generate_split_tables import categories
from packing import CODE_POINTS, HANGUL_SYLLABLES, byte_array, packed_property
from tokenizers.normalizers import Precompiled

OUTPUT = Path(__file__).resolve().parents[2] / "src" / "unicode" / "grapheme_tables.h"

CLASSES = {
    "Other": "no break rule is about it",
    "Cr": "carriage return",
    "Lf": "line feed",
    "Control": "other controls",
    "Extend": "Extend, and Extend within a conjunct",
    "ExtendOnly": "Extend, but not within a conjunct",
    "Linker": "Extend, and joins two consonants to a conjunct",
    "Zwj": "zero-width joiner",
    "SpacingMark": "SpacingMark",
    "Prepend": "Prepend",
    "Pictographic": "Extended_Pictographic",
    "Consonant": "consonant of conjuncts",
    "HangulL": "leading consonant",
    "HangulV": "vowel",
    "HangulT": "trailing consonant",
    "HangulLv": "syllable without trailing consonant",
    "HangulLvt": "syllable with trailing consonant",
}
NUMBERS = {name: i for i, name in enumerate(CLASSES)}

MARK, ZWJ, KA, VIRAMA = "\u0301", "\u200d", "\u0915", "\u094d"
LEAD, VOWEL, TAIL = "\u1100", "\u1161", "\u11a8"


def precompiled(replacements):
    """The normalizer that replaces what begins with each byte string. Its double array has 256 units per node."""
    texts = b"".join(text.encode() + b"\0" for text in replacements.values())
    units, nodes, offset = [0] * 512, {b"": (0, 256)}, 0
    for key, text in replacements.items():
        for length in range(1, len(key) + 1):
            prefix, label = key[:length], key[length - 1]
            if prefix in nodes:
                continue
            place = nodes[prefix[:-1]][1] + label
            nodes[prefix] = place, len(units)
            units += [0] * 256
        place, children = nodes[key]
        units[children] = 1 << 31 | offset
        offset += len(text.encode()) + 1
    ends = set(replacements)
    for prefix, (place, children) in nodes.items():
        units[place] = (place ^ children) << 10 | (prefix in ends) << 8 | (prefix[-1] if prefix else 0)
    return Precompiled(struct.pack(f"<I{len(units)}I", 4 * len(units), *units) + texts).normalize_str


replace = precompiled({ch.encode(): name for ch, name in zip(["a", "©", MARK, KA, LEAD, VOWEL, TAIL], "ACMKLVT")})
replace_mark = precompiled({MARK.encode(): "M"})
replace_by_first_byte = precompiled({MARK.encode(): "M"} | {bytes([first]): "x" for first in range(0xE0, 0xF0)})


def ends_with_mark(text):
    """Whether a mark after the text is left, as it is if it ends a long cluster."""
    return replace(text + MARK).endswith("M")


def hangul_class(ch):
    """None, or the class told by what the character makes a cluster with."""
    before = tuple(ends_with_mark(ch + jamo) for jamo in (LEAD, VOWEL, TAIL))
    if not any(before):
        return None
    after = tuple(replace_by_first_byte(jamo + ch + MARK).endswith("M") for jamo in (LEAD, VOWEL, TAIL))
    if ord(ch) > 0xFFFF:  # Its own clusters are all long; a vowel is what is known of it.
        assert before == (False, True, True)
        return "HangulV"
    return {
        ((True, True, False), (True, False, False)): "HangulL",
        ((False, True, True), (True, True, False)): "HangulV",
        ((False, False, True), (False, True, True)): "HangulT",
        ((False, True, True), (True, False, False)): "HangulLv",
        ((False, False, True), (True, False, False)): "HangulLvt",
    }[before, after]


def grapheme_class(c):
    ch = chr(c)
    if ch in "\r\n":
        return "Cr" if ch == "\r" else "Lf"
    extends = replace("a" + ch) == "A"
    if extends:
        if ends_with_mark("©" + ch + "©"):
            return "Zwj"
        if not ends_with_mark("©" + ch + ZWJ + "©"):
            return "SpacingMark"
        if ends_with_mark(KA + ch + KA):
            return "Linker"
        return "Extend" if ends_with_mark(KA + ch + VIRAMA + KA) else "ExtendOnly"
    if ends_with_mark(ch + "a"):
        return "Prepend"
    if not replace_mark(ch + MARK + MARK).endswith("MM"):
        return "Control"
    if replace("©" + ZWJ + ch) != "C" + replace(ch):
        return "Pictographic"
    if ends_with_mark(ch + VIRAMA + KA):
        return "Consonant"
    return hangul_class(ch) or "Other"


def main():
    classes = {c: grapheme_class(c) for c in CODE_POINTS}
    assert all(ends_with_mark(chr(c) + ZWJ + "©") == (name == "Pictographic") for c, name in classes.items())
    for c in HANGUL_SYLLABLES:
        assert classes[c] == ("HangulLvt" if (c - HANGUL_SYLLABLES.start) % 28 else "HangulLv")
    values = {c: NUMBERS[name] for c, name in classes.items() if name != "Other" and c not in HANGUL_SYLLABLES}
    names = "\n".join(f"  k{name},  // {meaning}" for name, meaning in CLASSES.items())
    OUTPUT.write_text(
        f"""\
// Generated by tools/unicode/generate_grapheme_tables.py from tokenizers {version("tokenizers")}. Do not edit.
// Data only; graphemes.h gives it meaning.
// clang-format off
#pragma once

#include <cstdint>

namespace kinvec {{

enum class GraphemeClass : uint8_t {{
{names}
}};

// Packed: all classes but those of Hangul syllables, read by CodePointRuns.
{byte_array("kGraphemeClasses", packed_property(categories(), values), "[bytes]")}
}}  // namespace kinvec
"""
    )


if __name__ == "__main__":
    main()
