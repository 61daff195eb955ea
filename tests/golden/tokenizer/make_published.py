"""Writes published.json: what the reference answers to more than a million texts, for each published tokenizer.

    pip install -r tests/golden/tokenizer/requirements.txt
    python tests/golden/tokenizer/make_published.py TOKENIZERS_FOLDER NODE_MODULES_FOLDER [--only NAME ...]
    python tests/golden/tokenizer/make_published.py TOKENIZERS_FOLDER NODE_MODULES_FOLDER --show gpt2 random 3

Per block of texts two hashes: of the encodings (see encodings_hash) and of what they decode to. The tokenizers are taken
without their truncation and padding. The third form prints the reference's answers to one block, a text per line.
"""

import argparse
import json
from array import array
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from texts import published_kinds, utf16_offsets
from tokenizers import Tokenizer

TARGET = Path(__file__).resolve().parent / "published.json"


def load(file):
    tokenizer = Tokenizer.from_file(str(file))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def short_hash(*parts):
    hash = sha256()
    for part in parts:
        hash.update(part)
    return hash.hexdigest()[:12]


def word_ids(encoding):
    return [-1 if word is None else word for word in encoding.word_ids]


def encodings_hash(texts, encodings):
    """
    Over little-endian 32-bit numbers: for each text its number of tokens; then of all texts together the ids, the
    offsets in UTF-16 units, the word ids (-1 for none) and the type ids.
    """
    counts, ids, offsets, words, types = (array("i") for _ in range(5))
    for text, encoding in zip(texts, encodings):
        counts.append(len(encoding))
        ids.extend(encoding.ids)
        offsets.extend(utf16_offsets(text, encoding.offsets))
        words.extend(word_ids(encoding))
        types.extend(encoding.type_ids)
    return short_hash(counts, ids, offsets, words, types)


def decoded(tokenizer, kind, encodings):
    """Decoded without special tokens, and, but for single code points, with them."""
    ids = [encoding.ids for encoding in encodings]
    texts = tokenizer.decode_batch(ids, skip_special_tokens=True)
    return texts if kind == "code_points" else texts + tokenizer.decode_batch(ids, skip_special_tokens=False)


def hashes(tokenizer, kinds):
    result = {}
    for kind, (texts, size) in kinds.items():
        encoded, back = [], []
        for begin in range(0, len(texts), size):
            block = texts[begin : begin + size]
            encodings = tokenizer.encode_batch(block)
            encoded.append(encodings_hash(block, encodings))
            back.append(short_hash("".join(text + "\n" for text in decoded(tokenizer, kind, encodings)).encode()))
        result[kind] = {"encoded": " ".join(encoded), "decoded": " ".join(back)}
    return result


def show(tokenizer, texts, kind):
    encodings = tokenizer.encode_batch(texts)
    back = decoded(tokenizer, kind, encodings)
    for i, (text, encoding) in enumerate(zip(texts, encodings)):
        numbers = [encoding.ids, utf16_offsets(text, encoding.offsets), word_ids(encoding), encoding.type_ids]
        print("|".join([*(" ".join(map(str, values)) for values in numbers), json.dumps(back[i :: len(texts)])]))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tokenizers", type=Path)
    parser.add_argument("node_modules", type=Path)
    parser.add_argument("--only", nargs="+", metavar="NAME")
    parser.add_argument("--show", nargs=3, metavar=("NAME", "KIND", "BLOCK"))
    arguments = parser.parse_args()

    kinds = published_kinds(arguments.node_modules)
    if arguments.show:
        name, kind, block = arguments.show
        texts, size = kinds[kind]
        begin = int(block) * size
        show(load(arguments.tokenizers / name / "tokenizer.json"), texts[begin : begin + size], kind)
        return
    golden = json.loads(TARGET.read_text()) if TARGET.exists() else {"tokenizers": {}}
    golden["reference"] = f"tokenizers {version('tokenizers')}"
    golden["kinds"] = {kind: {"count": len(texts), "block": size} for kind, (texts, size) in kinds.items()}
    for file in sorted(arguments.tokenizers.glob("*/tokenizer.json")):
        name = file.parent.name
        if arguments.only is None or name in arguments.only:
            print(name, flush=True)
            golden["tokenizers"][name] = hashes(load(file), kinds)
            TARGET.write_text(json.dumps(golden, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
