"""Writes stages.json: every stage of the pipeline and its parameters, each alone on random texts.

    pip install -r tests/golden/tokenizer/requirements.txt
    python tests/golden/tokenizer/make_stages.py [--show NAME]

The model has a token for each of the 256 bytes, so that ids show the normalized text, offsets its alignment, and word ids
the splits. A hash per tokenizer over the encodings of all texts and what they decode to; --show prints the answers.
"""

import argparse
import itertools
import json
from importlib.metadata import version
from pathlib import Path

from make_published import encodings_hash, short_hash, show
from mixed_texts import mixed_text
from random_texts import random_text
from tokenizers import Tokenizer

TARGET = Path(__file__).resolve().parent / "stages.json"
TEXTS = 1000  # of each of the two kinds
BEHAVIORS = ["Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous"]
BYTES = {f"<0x{byte:02X}>": byte for byte in range(256)} | {"[UNK]": 256, "[CLS]": 257, "[SEP]": 258, "<mask>": 259}
ADDED = ["[CLS]", "[SEP]", "<mask>"]


def stage(type, **parameters):
    return {"type": type, **parameters}


def replace(kind, pattern, content):
    return stage("Replace", pattern={kind: pattern}, content=content)


def normalizers():
    for form in ["NFC", "NFD", "NFKC", "NFKD", "Lowercase", "StripAccents", "Nmt", "ByteLevel"]:
        yield form, stage(form)
    for left, right in itertools.product([False, True], repeat=2):
        yield f"Strip {left} {right}", stage("Strip", strip_left=left, strip_right=right)
    yield "Prepend", stage("Prepend", prepend="\u2581x")
    yield "Replace String", replace("String", "e", "\u00e9\u0301")
    yield "Replace String by nothing", replace("String", " ", "")
    yield "Replace Regex", replace("Regex", "\\s+", " ")
    yield "Replace Regex of a class", replace("Regex", "[\\u00AD\\u200B\\u200C\\u200D\\u2060\\uFEFF]", "")
    yield "Replace Regex of a count", replace("Regex", " {2,}", "\u2581")
    yield "Sequence", stage("Sequence", normalizers=[stage("NFKD"), stage("StripAccents"), stage("Lowercase"), stage("NFC")])
    yield "Sequence of lengths", stage("Sequence", normalizers=[
        stage("Prepend", prepend="\u2581"), replace("String", " ", "\u2581\u2581"), stage("NFKC"),
        stage("Strip", strip_left=True, strip_right=True)])


def pre_tokenizers():
    for name in ["BertPreTokenizer", "Whitespace", "WhitespaceSplit", "UnicodeScripts"]:
        yield name, stage(name)
    for behavior in BEHAVIORS:
        yield f"Punctuation {behavior}", stage("Punctuation", behavior=behavior)
        for invert in [False, True]:
            split = stage("Split", pattern={"Regex": "\\s+"}, behavior=behavior, invert=invert)
            yield f"Split Regex {behavior} {invert}", split
        yield f"Split String {behavior}", stage("Split", pattern={"String": " "}, behavior=behavior, invert=False)
    for individual in [False, True]:
        yield f"Digits {individual}", stage("Digits", individual_digits=individual)
    for prefix, regex in itertools.product([False, True], repeat=2):
        yield f"ByteLevel {prefix} {regex}", stage("ByteLevel", add_prefix_space=prefix, trim_offsets=True, use_regex=regex)
    for scheme, split in itertools.product(["first", "never", "always"], [False, True]):
        yield f"Metaspace {scheme} {split}", stage("Metaspace", replacement="\u2581", prepend_scheme=scheme, split=split)
    yield "CharDelimiterSplit", stage("CharDelimiterSplit", delimiter="e")
    yield "FixedLength", stage("FixedLength", length=5)
    yield "Sequence", stage("Sequence", pretokenizers=[
        stage("UnicodeScripts"), stage("WhitespaceSplit"), stage("Digits", individual_digits=True),
        stage("Punctuation", behavior="Isolated")])


def post_processors():
    pair = {"sep": ["[SEP]", 258], "cls": ["[CLS]", 257]}
    yield "BertProcessing", stage("BertProcessing", **pair)
    for trim, prefix in itertools.product([False, True], repeat=2):
        yield f"RobertaProcessing {trim} {prefix}", stage("RobertaProcessing", **pair, trim_offsets=trim, add_prefix_space=prefix)
        yield f"ByteLevel {trim} {prefix}", stage("ByteLevel", trim_offsets=trim, add_prefix_space=prefix, use_regex=True)
    cls = {"id": "[CLS]", "ids": [257, 258], "tokens": ["[CLS]", "[SEP]"]}
    template = stage(
        "TemplateProcessing", special_tokens={"[CLS]": cls},
        single=[{"SpecialToken": {"id": "[CLS]", "type_id": 3}}, {"Sequence": {"id": "A", "type_id": 2}}],
        pair=[{"Sequence": {"id": "B", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 1}}])
    yield "TemplateProcessing", template
    byte_level = stage("ByteLevel", trim_offsets=True, add_prefix_space=False, use_regex=True)
    yield "Sequence", stage("Sequence", processors=[byte_level, template])


def decoders():
    fallback = stage("ByteFallback")
    yield "ByteFallback", fallback
    yield "Fuse", stage("Sequence", decoders=[fallback, stage("Fuse"), stage("Strip", content=" ", start=2, stop=0)])
    yield "Strip", stage("Sequence", decoders=[fallback, stage("Strip", content="e", start=1, stop=0)])
    yield "Replace", stage("Sequence", decoders=[fallback, replace("String", "e", "--"), stage("Fuse")])
    yield "Metaspace", stage("Sequence", decoders=[fallback, stage("Metaspace", replacement="\u2581", prepend_scheme="first", split=True)])
    yield "BPEDecoder", stage("Sequence", decoders=[fallback, stage("BPEDecoder", suffix="e")])
    for cleanup in [False, True]:
        yield f"WordPiece {cleanup}", stage("Sequence", decoders=[fallback, stage("WordPiece", prefix="e", cleanup=cleanup)])
        ctc = stage("CTC", pad_token="e", word_delimiter_token="o", cleanup=cleanup)
        yield f"CTC {cleanup}", stage("Sequence", decoders=[fallback, ctc])
    yield "none", None


def added_tokens():
    """Each way of finding an added token, with a normalizer that changes it."""
    for flags in itertools.product([False, True], repeat=4):
        names = dict(zip(["single_word", "lstrip", "rstrip", "normalized"], flags))
        yield " ".join(name for name, flag in names.items() if flag) or "plain", names


def base():
    """What a tokenizer has of itself: contents of a tokenizer.json but for the vocabulary, BYTES."""
    added = [{"id": BYTES[token], "content": token, "single_word": False, "lstrip": False, "rstrip": False,
              "normalized": False, "special": True} for token in ADDED]
    return {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": added, "normalizer": None,
        "pre_tokenizer": None, "post_processor": None,
        "decoder": stage("Sequence", decoders=[stage("ByteFallback"), stage("Fuse")]),
        "model": {"type": "BPE", "unk_token": "[UNK]", "fuse_unk": False, "byte_fallback": True, "merges": []},
    }


def tested_stages():
    """Name -> what takes the place of parts of the base."""
    byte_level = stage("ByteLevel", add_prefix_space=False, trim_offsets=False, use_regex=True)
    for name, normalizer in normalizers():
        yield f"normalizer {name}", {"normalizer": normalizer}
    for name, pre_tokenizer in pre_tokenizers():
        yield f"pre-tokenizer {name}", {"pre_tokenizer": pre_tokenizer}
    for name, post_processor in post_processors():
        yield f"post-processor {name}", {"pre_tokenizer": byte_level, "post_processor": post_processor}
    for name, decoder in decoders():
        yield f"decoder {name}", {"decoder": decoder}
    for name, flags in added_tokens():
        tokens = [
            {"id": 260 + i, "content": content, **flags, "special": i % 2 == 0}
            for i, content in enumerate(["the", "<s>", "\u00e9", "</s>", "\u2581", "  "])
        ]
        yield f"added tokens {name}", {
            "normalizer": stage("Sequence", normalizers=[stage("Lowercase"), stage("NFD")]),
            "pre_tokenizer": stage("WhitespaceSplit"),
            "added_tokens": base()["added_tokens"] + tokens,
        }


def complete(parts):
    whole = base() | parts
    return whole | {"model": whole["model"] | {"vocab": BYTES}}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--show", metavar="NAME")
    arguments = parser.parse_args()
    texts = [random_text(3 * 10**6 + i) for i in range(TEXTS)] + [mixed_text(3 * 10**6 + i) for i in range(TEXTS)]
    lines = []
    for name, parts in tested_stages():
        if arguments.show not in (None, name):
            continue
        tokenizer = Tokenizer.from_str(json.dumps(complete(parts)))
        if arguments.show:
            show(tokenizer, texts, "stages")
            continue
        encodings = tokenizer.encode_batch(texts)
        ids = [encoding.ids for encoding in encodings]
        back = [text for skip in (True, False) for text in tokenizer.decode_batch(ids, skip_special_tokens=skip)]
        hashes = [encodings_hash(texts, encodings), short_hash("".join(text + "\n" for text in back).encode())]
        lines.append(f"{json.dumps(name)}: " + json.dumps({"hashes": hashes, "parts": parts}))
    if not arguments.show:
        head = f'"reference": "tokenizers {version("tokenizers")}",\n"texts": {TEXTS},\n"base": {json.dumps(complete({}))},\n'
        TARGET.write_text("{\n" + head + '"tokenizers": {\n' + ",\n".join(lines) + "\n}}\n")


if __name__ == "__main__":
    main()
