"""Writes options.json and examples.json: pairs of texts, truncation, special tokens; and a few texts in full.

    pip install -r tests/golden/tokenizer/requirements.txt
    python tests/golden/tokenizer/make_options.py TOKENIZERS_FOLDER NODE_MODULES_FOLDER [--only options|examples]
    python tests/golden/tokenizer/make_options.py TOKENIZERS_FOLDER NODE_MODULES_FOLDER --show gpt2 17

options.json    for each tokenizer a hash per option set over its answers to the same pairs of texts
examples.json   for each tokenizer everything it says of a few texts, to be read by people too
The second form prints the reference's answers with one option set, a pair per line.
"""

import argparse
import itertools
import json
import re
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from make_published import load, word_ids
from mixed_texts import mixed_text
from random_texts import random_text
from texts import real_texts, utf16_offsets

HERE = Path(__file__).resolve().parent
PAIRS = 200
# Strategy, direction, longest length and stride; None for no truncation.
TRUNCATIONS = [
    None,
    ["longest_first", "right", 12, 0],
    ["longest_first", "left", 13, 3],
    ["longest_first", "right", 9, 1],
    ["only_first", "right", 14, 2],
    ["only_first", "left", 40, 0],
    ["only_second", "left", 14, 2],
    ["only_second", "right", 40, 5],
]
OPTION_SETS = [
    {"pair": pair, "special": special, "truncation": truncation}
    for pair, special, truncation in itertools.product([False, True], [True, False], TRUNCATIONS)
]
EXAMPLES = [
    "Hello, y'all! How are you?",
    " The  naïve café\n\tcosts 12345.67€ ",
    "2024年に東京へ行きました。한국어",
    "i ⭢ j 👩‍👩‍👧 ok 𝒳y",
    "ÀÉÎ ΣΊΣΥΦΟΣ हिन्दी سلام Nguyễn",
    "if (x) {\r\n    return 0;\r\n}",
    "", " ", "\n\t", "\u00a0\u3000",
    "<s>[SEP]<|endoftext|></s> [MASK]",
]


def pairs_of_texts(node_modules):
    real = real_texts(node_modules)
    texts = [
        [random_text(2 * 10**6 + i), mixed_text(2 * 10**6 + i), real[(i * 97) % len(real)], ""][(i + i // 7) % (4 if i % 5 == 0 else 3)]
        for i in range(2 * PAIRS)
    ]
    # Of code points that are one UTF-16 unit, since a part of a pair does not say which text its offsets are in.
    texts = [re.sub("[\U00010000-\U0010ffff]", "", text) for text in texts]
    return list(zip(texts[:PAIRS], texts[PAIRS:]))


def parts_of(encoding):
    """What is kept, then what overflows: ids, offsets, type ids, word ids and mask of special tokens of each."""
    return [
        [part.ids, [place for pair in part.offsets for place in pair], part.type_ids, word_ids(part), part.special_tokens_mask]
        for part in [encoding, *encoding.overflowing]
    ]


def answers(tokenizer, pairs, options):
    """One JSON text per pair, or "error" where the text that may be cut is too short for the limit or for the stride."""
    tokenizer.no_truncation()
    if options["truncation"]:
        strategy, direction, length, stride = options["truncation"]
        tokenizer.enable_truncation(length, stride=stride, strategy=strategy, direction=direction)
    lines = []
    for first, second in pairs:
        try:
            encoding = tokenizer.encode(first, second if options["pair"] else None, add_special_tokens=options["special"])
            lines.append(json.dumps(parts_of(encoding), separators=(",", ":")))
        except BaseException as error:  # the reference panics where the stride does not fit
            if "runcat" not in str(error) and "`stride` must be" not in str(error):
                raise
            lines.append("error")
    return lines


def example(tokenizer, text):
    tokenizer.no_truncation()
    encoding = tokenizer.encode(text)
    return {
        "ids": encoding.ids,
        # The vocabulary's strings: a Unigram encoding shows an unknown piece as it stands in the text instead.
        "tokens": [tokenizer.id_to_token(id) for id in encoding.ids],
        "offsets": utf16_offsets(text, encoding.offsets),
        "wordIds": word_ids(encoding),
        "decoded": [tokenizer.decode(encoding.ids, skip_special_tokens=skip) for skip in (True, False)],
    }


def write(name, head, tokenizers):
    """A line per tokenizer and entry, so that a change is seen where it is."""
    lines = [json.dumps(key) + ": " + json.dumps(value) + "," for key, value in head.items()]
    lines.append('"tokenizers": {')
    for i, (tokenizer, entries) in enumerate(tokenizers.items()):
        entries = [json.dumps(entry) for entry in entries]
        lines.append(f"{json.dumps(tokenizer)}: [" + ",\n ".join(entries) + ("]," if i + 1 < len(tokenizers) else "]"))
    (HERE / name).write_text("{\n" + "\n".join(lines) + "\n}}\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tokenizers", type=Path)
    parser.add_argument("node_modules", type=Path)
    parser.add_argument("--only", choices=["options", "examples"])
    parser.add_argument("--show", nargs=2, metavar=("NAME", "OPTION_SET"))
    arguments = parser.parse_args()

    pairs = pairs_of_texts(arguments.node_modules)
    if arguments.show:
        name, number = arguments.show
        tokenizer = load(arguments.tokenizers / name / "tokenizer.json")
        print("\n".join(answers(tokenizer, pairs, OPTION_SETS[int(number)])))
        return
    hashes, examples = {}, {}
    for file in sorted(arguments.tokenizers.glob("*/tokenizer.json")):
        name = file.parent.name
        tokenizer = load(file)
        examples[name] = [example(tokenizer, text) for text in EXAMPLES]
        if arguments.only != "examples":
            lines = ["\n".join(answers(tokenizer, pairs, options)) for options in OPTION_SETS]
            hashes[name] = [" ".join(sha256(line.encode()).hexdigest()[:12] for line in lines)]
    reference = f"tokenizers {version('tokenizers')}"
    if arguments.only != "options":
        write("examples.json", {"reference": reference, "texts": EXAMPLES}, examples)
    if arguments.only != "examples":
        write("options.json", {"reference": reference, "pairs": PAIRS, "optionSets": OPTION_SETS}, hashes)


if __name__ == "__main__":
    main()
