"""Texts that mix what split patterns, normalizers and added tokens tell apart: contractions, numbers, runs of white space,
grapheme clusters, compatibility characters, code. tests/js/mixed_texts.mjs makes the same; mixed_texts.json has the pieces.

Text number i depends on i alone.
"""

import json
from pathlib import Path

from random_texts import Random

PIECES = json.loads((Path(__file__).resolve().parent / "mixed_texts.json").read_text())


def _letters(random, count):
    ranges = random.choice(PIECES["letters"])
    text = ""
    for _ in range(count):
        first, last = random.choice(ranges)
        text += chr(first + random.below(last - first + 1))
    return text


def _pieces(random, name, count):
    return "".join(random.choice(PIECES[name]) for _ in range(count))


def _word(random):
    word = random.choice(PIECES["words"])
    form = random.below(8)
    if form == 0:
        word = word[0].upper() + word[1:]
    elif form == 1:
        word = word.upper()
    return word + random.choice(PIECES["suffixes"]) if random.below(5) == 0 else word


def _segment(random):
    kind = random.below(16)
    if kind < 3:
        return " " + _word(random)
    if kind == 3:
        return _word(random)
    if kind == 4:
        return _pieces(random, "numbers", 1 + random.below(2))
    if kind < 7:
        return _pieces(random, "white", 1 + random.below(4))
    if kind == 7:
        return _pieces(random, "marks", 1 + random.below(4))
    if kind == 8:
        return _pieces(random, "graphemes", 1 + random.below(3))
    if kind == 9:
        return _pieces(random, "compatible", 1 + random.below(3))
    if kind == 10:
        return random.choice(PIECES["special"])
    if kind == 11:
        return _pieces(random, "code", 1 + random.below(3))
    if kind < 15:
        return (" " if random.below(2) == 0 else "") + _letters(random, 1 + random.below(9))
    return random.choice(PIECES["runs"]) * (1 + random.below(1 + random.below(40)))


def mixed_text(i):
    random = Random(i)
    return "".join(_segment(random) for _ in range(1 + random.below(14)))
