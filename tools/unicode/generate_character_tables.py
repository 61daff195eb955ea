"""Writes src/unicode/character_tables.h by running the reference tokenizer over all code points.

The reference (the Hugging Face `tokenizers` package) takes each property from a crate of its own, and these follow
different versions of Unicode.  No published Unicode data file agrees with all of them, so nothing is read from one: every
entry of the tables is an observed answer of the reference.

    pip install -r tools/unicode/requirements.txt
    python tools/unicode/generate_character_tables.py
"""

from functools import cmp_to_key
from importlib.metadata import version
from pathlib import Path

from tokenizers.normalizers import NFD, BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

OUTPUT = Path(__file__).resolve().parents[2] / "src" / "unicode" / "character_tables.h"

CODE_POINT_COUNT = 0x110000
SURROGATES = range(0xD800, 0xE000)
HANGUL_SYLLABLES = range(0xAC00, 0xD7A4)
CODE_POINTS = [c for c in range(CODE_POINT_COUNT) if c not in SURROGATES]
PAGE_BITS = 7

FLAGS = {
    "kDropped": "removed by BERT's clean-text step",
    "kWhiteSpace": "White_Space",
    "kPunctuation": "ASCII punctuation or general category P",
    "kNonspacingMark": "general category Mn",
    "kDecomposes": "has a canonical decomposition",
    "kIdeograph": "spaced out by BERT's Chinese step",
    "kLowercaseExpands": "lower case is kExpandedLowercase",
}
BIT = {name: 1 << i for i, name in enumerate(FLAGS)}


def bert_normalizer(**enabled):
    options = {"clean_text": False, "handle_chinese_chars": False, "strip_accents": False, "lowercase": False}
    return BertNormalizer(**(options | enabled)).normalize_str


clean = bert_normalizer(clean_text=True)
space_ideographs = bert_normalizer(handle_chinese_chars=True)
strip_accents = bert_normalizer(strip_accents=True)
lowercase = bert_normalizer(lowercase=True)
nfd = NFD().normalize_str


def combining_ranks():
    """Ranks that order combining marks as their canonical combining classes do; absent means class 0.

    Normalisation swaps two adjacent characters exactly if the first has the higher class and the second is not a starter.
    U+0334 has the lowest class above 0 and U+0345 the highest.
    """

    def swapped(first, second):
        return nfd(first + second) == second + first != first + second

    inert = [chr(c) for c in CODE_POINTS if nfd(chr(c)) == chr(c)]
    marks = [c for c in inert if swapped(c, "\u0334") or swapped("\u0345", c)]
    marks.sort(key=cmp_to_key(lambda a, b: swapped(a, b) - swapped(b, a)))
    ranks, rank = {}, 1
    for previous, mark in zip([marks[0], *marks], marks):
        rank += swapped(mark, previous)
        ranks[ord(mark)] = rank
    return ranks


def classify():
    """One (flags, combining rank, lowercase delta) per code point."""
    ranks, pre_tokenizer = combining_ranks(), BertPreTokenizer()
    classes = [(0, 0, 0)] * CODE_POINT_COUNT
    for c in CODE_POINTS:
        ch = chr(c)
        cleaned, lower, pieces = clean(ch), lowercase(ch), len(pre_tokenizer.pre_tokenize_str("a" + ch + "b"))
        dropped, decomposes, white_space = cleaned == "", nfd(ch) != ch, pieces == 2
        assert cleaned == ("" if dropped else " " if white_space else ch)
        assert space_ideographs(ch) in (ch, f" {ch} ")
        assert len(lower) == 1 or ch == "\u0130"
        flags = (
            BIT["kDropped"] * dropped
            | BIT["kWhiteSpace"] * white_space
            | BIT["kPunctuation"] * (pieces == 3)
            | BIT["kNonspacingMark"] * (not decomposes and strip_accents(ch) == "")
            | BIT["kDecomposes"] * decomposes
            | BIT["kIdeograph"] * (space_ideographs(ch) != ch)
            | BIT["kLowercaseExpands"] * (len(lower) > 1)
        )
        classes[c] = (flags, ranks.get(c, 0), ord(lower) - c if len(lower) == 1 else 0)
    return classes


def two_stage(values):
    """Pages of the values without duplicates, and the page of each block of code points."""
    pages, index = {}, []
    for start in range(0, len(values), 1 << PAGE_BITS):
        page = tuple(values[start : start + (1 << PAGE_BITS)])
        index.append(pages.setdefault(page, len(pages)))
    return index, [value for page in pages for value in page]


def decomposition_runs():
    """Runs (first, count, length, offset) of adjacent code points whose decompositions are equally long in UTF-8."""
    runs, pool = [], b""
    for c in CODE_POINTS:
        decomposition = nfd(chr(c)).encode()
        if c in HANGUL_SYLLABLES or decomposition == chr(c).encode():
            continue
        first, count, length, _ = runs[-1] if runs else (0, 0, 0, 0)
        if runs and c == first + count and len(decomposition) == length:
            runs[-1][1] += 1
        else:
            runs.append([c, 1, len(decomposition), len(pool)])
        pool += decomposition
    return runs, pool


def growth():
    """The most UTF-8 bytes that one byte of text can become by the steps of BertNormalizer together."""

    def size(text):
        return len(text.encode())

    spaces = lambda ch: 2 * (space_ideographs(ch) != ch)  # noqa: E731
    steps = [lambda ch: lowercase(nfd(ch)), nfd, lowercase]
    return max(-(-(size(step(chr(c))) + spaces(chr(c))) // size(chr(c))) for c in CODE_POINTS for step in steps)


def array(cpp_type, name, values, comment):
    lines, line = [], " "
    for value in values:
        item = f" {value},"
        if len(line) + len(item) > 100:
            lines.append(line)
            line = " "
        line += item
    body = "\n".join([*lines, line])
    return f"// {comment}\ninline constexpr {cpp_type} {name}[{len(values)}] = {{\n{body}\n}};\n"


def main():
    values = classify()
    classes = sorted(set(values))
    assert len(classes) <= 256
    numbers = {value: i for i, value in enumerate(classes)}
    index, pages = two_stage([numbers[value] for value in values])
    assert max(index) < 256
    runs, pool = decomposition_runs()
    first, count, length, offset = zip(*runs)

    flags = "\n".join(f"  static constexpr uint16_t {name} = {bit};  // {FLAGS[name]}" for name, bit in BIT.items())
    records = "\n".join(f"    {{{flag}, {rank}, {delta}}}," for flag, rank, delta in classes)
    expanded = ", ".join(hex(ord(c)) for c in lowercase("\u0130"))
    OUTPUT.write_text(
        f"""\
// Generated by tools/unicode/generate_character_tables.py from tokenizers {version("tokenizers")}. Do not edit.
// Data only; character.h and decomposition.h give it meaning.
// clang-format off
#pragma once

#include <cstdint>

namespace kinvec {{

struct CharacterClass {{
{flags}

  uint16_t flags;
  uint8_t combining_rank;  // orders marks as canonical combining classes do; 0: starter
  int32_t lowercase_delta;
}};

// Each combination of properties that occurs.
inline constexpr CharacterClass kCharacterClasses[{len(classes)}] = {{
{records}
}};

inline constexpr char32_t kExpandedLowercase[2] = {{{expanded}}};

// UTF-8 bytes that BertNormalizer can make of one byte of text, at most.
inline constexpr int kMaxNormalizedGrowth = {growth()};

inline constexpr int kCharacterPageBits = {PAGE_BITS};

{array("uint8_t", "kCharacterPageOfBlock", index, "[0x110000 >> kCharacterPageBits] page of each block")}
{array("uint8_t", "kCharacterPages", pages, "[pages][1 << kCharacterPageBits] class of each code point")}
// Full canonical decompositions but Hangul's: run r covers the code points kDecompositionFirst[r] to
// kDecompositionFirst[r] + kDecompositionCount[r] - 1, each with kDecompositionLength[r] bytes of
// UTF-8, lying one after another from kDecompositions[kDecompositionOffset[r]].
{array("uint32_t", "kDecompositionFirst", first, "[runs] ascending")}
{array("uint16_t", "kDecompositionCount", count, "[runs]")}
{array("uint8_t", "kDecompositionLength", length, "[runs]")}
{array("uint16_t", "kDecompositionOffset", offset, "[runs]")}
{array("uint8_t", "kDecompositions", pool, "UTF-8")}
}}  // namespace kinvec
"""
    )


if __name__ == "__main__":
    main()
