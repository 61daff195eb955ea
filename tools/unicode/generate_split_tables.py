"""Writes the tables behind splitting patterns and scripts by running the reference tokenizer over all code points.

    src/unicode/general_category_tables.h  what \\p{...} matches in the reference's regular expressions
    src/unicode/script_tables.h            what its pre-tokenizer UnicodeScripts tells apart

As in generate_character_tables.py, nothing is read from Unicode's own files: the reference takes each property from a
library of its own, and these follow different versions of Unicode.

    pip install -r tools/unicode/requirements.txt
    python tools/unicode/generate_split_tables.py
"""

from importlib.metadata import version
from pathlib import Path

from packing import (
    CATEGORIES,
    CODE_POINT_COUNT,
    CODE_POINTS,
    LOOKUP_PAGE_BITS,
    byte_array,
    packed_categories,
    packed_property,
    page_count,
)
from tokenizers import AddedToken, Regex, Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Digits, Split, UnicodeScripts, WhitespaceSplit

FOLDER = Path(__file__).resolve().parents[2] / "src" / "unicode"

CHUNK = 2048


def matches(pre_tokenizer):
    """The code points that a pre-tokenizer takes out of a text."""
    found = set()
    for start in range(0, len(CODE_POINTS), CHUNK):
        chunk = CODE_POINTS[start : start + CHUNK]
        left = set()
        for _, (begin, end) in pre_tokenizer.pre_tokenize_str("".join(map(chr, chunk))):
            left.update(range(begin, end))
        found.update(c for i, c in enumerate(chunk) if i not in left)
    return found


def matches_class(pattern):
    return matches(Split(Regex(pattern), "removed"))


def numeric():
    """The code points that Digits tells apart from letters."""
    digits = Digits(individual_digits=False)
    return {c for c in CODE_POINTS if len(digits.pre_tokenize_str("a" + chr(c))) == 2}


def word_characters():
    """Code points that keep a single_word token from matching when they touch it."""
    tokenizer = Tokenizer(WordLevel({"x": 0, "[UNK]": 1}, unk_token="[UNK]"))
    tokenizer.add_tokens([AddedToken("Q", single_word=True, normalized=False)])
    token = tokenizer.token_to_id("Q")

    def matches(text):
        return token in tokenizer.encode(text).ids

    before = {c for c in CODE_POINTS if not matches(chr(c) + "Q")}
    after = {c for c in CODE_POINTS if not matches("Q" + chr(c))}
    assert before == after
    return before


def categories():
    """The number of the general category of each code point; surrogates, which no text has, are as unassigned ones."""
    values = [CATEGORIES.index("Cn")] * CODE_POINT_COUNT
    seen = set()
    for number, name in enumerate(CATEGORIES):
        members = matches_class(rf"\p{{{name}}}")
        assert not members & seen
        seen |= members
        for c in members:
            values[c] = number
    assert len(seen) == len(CODE_POINTS)
    check_derived_classes(values)
    return values


def check_derived_classes(values):
    """What general_category.h and the pattern reader make of the categories, checked against the reference."""

    def members(*prefixes):
        return {c for c in CODE_POINTS if CATEGORIES[values[c]].startswith(prefixes)}

    white_space = members("Z") | {*range(0x09, 0x0E), 0x85}
    words = members("L", "M", "Nd", "Nl", "Pc") | {*range(0x24B6, 0x24EA)}
    words |= {*range(0x1F130, 0x1F14A), *range(0x1F150, 0x1F16A), *range(0x1F170, 0x1F18A)}
    assert matches_class(r"\s") == matches(WhitespaceSplit()) == white_space
    assert matches_class(r"\d") == members("Nd")
    assert matches_class(r"[\w]") == words
    assert matches_class(r"\w") == words | {0xB2, 0xB3, 0xB9, 0xBC, 0xBD, 0xBE}
    assert word_characters() == words | {0x200C, 0x200D}
    for major in "LMNPSZC":
        assert matches_class(rf"\p{{{major}}}") == members(major)


def scripts():
    """A number for each code point, equal where UnicodeScripts sees one script; none where it sees no script."""
    pre_tokenizer = UnicodeScripts()
    examples, values, previous = [], {}, None
    for c in CODE_POINTS:
        if not pre_tokenizer.pre_tokenize_str(chr(c)):
            continue
        same = lambda other: len(pre_tokenizer.pre_tokenize_str(chr(other) + chr(c))) == 1  # noqa: E731, B023
        if previous is not None and same(previous):
            values[c] = values[previous]
        else:
            number = next((i for i, example in enumerate(examples) if same(example)), len(examples))
            if number == len(examples):
                examples.append(c)
            values[c] = number + 1
        previous = c
    assert len(examples) < 256
    return values


def ranges(members):
    found = []
    for c in sorted(members):
        if found and c == found[-1][1] + 1:
            found[-1][1] = c
        else:
            found.append([c, c])
    return found


def wrapped(items):
    lines, line = [], " "
    for item in items:
        if len(line) + len(item) + 2 > 100:
            lines.append(line)
            line = " "
        line += f" {item},"
    return "\n".join([*lines, line])


def range_array(name, members, comment):
    items = [f"{{0x{a:X}, 0x{b:X}}}" for a, b in ranges(members)]
    return f"// {comment}\ninline constexpr CodePointRange {name}[{len(items)}] = {{\n{wrapped(items)}\n}};\n"


def header(meaning, body):
    return f"""\
// Generated by tools/unicode/generate_split_tables.py from tokenizers {version("tokenizers")}. Do not edit.
// Data only; {meaning} gives it meaning.
// clang-format off
#pragma once

#include <cstdint>

namespace kinvec {{

{body}
}}  // namespace kinvec
"""


def main():
    values = categories()
    names = wrapped([f"k{name}" for name in CATEGORIES])
    han = range_array("kHanRanges", matches_class(r"\p{Han}"), "Code points of the script Han, ascending.")
    numbers, categorized = numeric(), {c for c in CODE_POINTS if CATEGORIES[values[c]].startswith("N")}
    assert numbers >= categorized
    new_numbers = range_array("kNewNumbers", numbers - categorized, "Numeric to Digits, not in the categories.")
    (FOLDER / "general_category_tables.h").write_text(
        header(
            "general_category.h",
            f"""\
enum class GeneralCategory : uint8_t {{
{names}
}};

struct CodePointRange {{
  char32_t first;
  char32_t last;
}};

inline constexpr int kCategoryCount = {len(CATEGORIES)};

// Pages of the categories of all code points, equal ones counted once.
inline constexpr int kLookupPageBits = {LOOKUP_PAGE_BITS};
inline constexpr uint32_t kCategoryPageCount = {page_count(values)};

{byte_array("kCategoryRuns", packed_categories(values), "Packed: the runs of categories, read by CategoryRuns.")}
{han}
{new_numbers}""",
        )
    )
    (FOLDER / "script_tables.h").write_text(
        header(
            "unicode_scripts.cpp",
            f"""\
{byte_array("kScripts", packed_property(values, scripts()), "Packed: the scripts, read by CodePointRuns.")}""",
        )
    )


if __name__ == "__main__":
    main()
