"""Writes the golden files of the tokenizer tests, from the reference tokenizer and the MiniLM checkpoint.

    pip install -r tests/golden/tokenizer/requirements.txt
    python tests/golden/tokenizer/make_golden.py CHECKPOINT_FOLDER NODE_MODULES_FOLDER
    python tests/golden/tokenizer/make_golden.py CHECKPOINT_FOLDER NODE_MODULES_FOLDER --show random 17

The second form prints what the reference gives for one block of a kind, to be laid beside what the package gives.

encodings.json            hash per block of texts, of all ids, offsets and tokens
normalizer_options.txt    texts, and a hash per block of them and combination of the normalizer's options
"""

import argparse
import json
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from random_texts import random_text
from texts import code_points, real_texts, utf16_offsets
from tokenizers import Tokenizer

HERE = Path(__file__).resolve().parent
MAX_TOKENS = 256  # of the checkpoint's sentence_bert_config.json; its tokenizer.json says 128
BLOCK = {"code_points": 4096, "random": 1000, "real": 1000}
OPTIONS = ["clean_text", "handle_chinese_chars", "strip_accents", "lowercase"]
OPTION_TEXTS = 400
OPTION_BLOCK = 50


def load(checkpoint, **normalizer):
    description = json.loads((checkpoint / "tokenizer.json").read_text())
    description |= {"truncation": None, "padding": None}
    description["normalizer"] |= normalizer
    return Tokenizer.from_str(json.dumps(description))


def line_of(text, encoding):
    """The text form that is hashed."""
    numbers = [encoding.ids, utf16_offsets(text, encoding.offsets)]
    return "|".join([*(" ".join(map(str, values)) for values in numbers), " ".join(encoding.tokens)]) + "\n"


def block_lines(tokenizer, texts):
    return [line_of(text, encoding) for text, encoding in zip(texts, tokenizer.encode_batch(texts))]


def fnv1a64(hash, values):
    for value in values:
        for byte in value.to_bytes(4, "little"):
            hash = (hash ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return hash


def write_encodings(tokenizer, kinds):
    golden = {"reference": f"tokenizers {version('tokenizers')}", "maxTokens": MAX_TOKENS, "kinds": {}}
    for kind, texts in kinds.items():
        size = BLOCK[kind]
        hashes = [
            sha256("".join(block_lines(tokenizer, texts[begin : begin + size])).encode()).hexdigest()[:16]
            for begin in range(0, len(texts), size)
        ]
        golden["kinds"][kind] = {"count": len(texts), "block": size, "hashes": hashes}
    (HERE / "encodings.json").write_text(json.dumps(golden, indent=1) + "\n")


def write_normalizer_options(checkpoint):
    texts = [random_text(10**6 + i) for i in range(OPTION_TEXTS)]
    lines = [f"# Made by make_golden.py from tokenizers {version('tokenizers')}: {len(texts)} texts as UTF-8 in hexadecimal, then for"]
    lines += [f"# each combination of {', '.join(OPTIONS)}", f"# a hash per {OPTION_BLOCK} texts of their ids and offsets."]
    lines += [f"text {text.encode().hex()}" for text in texts]
    for combination in range(1 << len(OPTIONS)):
        values = [bool(combination >> i & 1) for i in range(len(OPTIONS))]
        tokenizer = load(checkpoint, **dict(zip(OPTIONS, values)))
        hashes = []
        for begin in range(0, len(texts), OPTION_BLOCK):
            hash = 0xCBF29CE484222325
            block = texts[begin : begin + OPTION_BLOCK]
            for text, encoding in zip(block, tokenizer.encode_batch(block)):
                hash = fnv1a64(hash, [len(encoding.ids), *encoding.ids, *utf16_offsets(text, encoding.offsets)])
            hashes.append(f"{hash:016x}")
        lines.append(" ".join(["options", *(str(int(value)) for value in values), *hashes]))
    (HERE / "normalizer_options.txt").write_text("\n".join(lines) + "\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("node_modules", type=Path)
    parser.add_argument("--show", nargs=2, metavar=("KIND", "BLOCK"))
    arguments = parser.parse_args()

    tokenizer = load(arguments.checkpoint)
    tokenizer.enable_truncation(MAX_TOKENS)
    kinds = {
        "code_points": code_points(),
        "random": [random_text(i) for i in range(200_000)],
        "real": real_texts(arguments.node_modules),
    }
    if arguments.show:
        kind, block = arguments.show
        begin = int(block) * BLOCK[kind]
        print("".join(block_lines(tokenizer, kinds[kind][begin : begin + BLOCK[kind]])), end="")
        return
    write_encodings(tokenizer, kinds)
    write_normalizer_options(arguments.checkpoint)


if __name__ == "__main__":
    main()
