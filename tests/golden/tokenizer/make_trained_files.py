"""Writes trained_files.json: what the reference makes of the tokenizers that we train, and what its own trainers learn.

    node tests/js/trained_tokenizers.mjs FOLDER
    python tests/golden/tokenizer/make_trained_files.py FOLDER NODE_MODULES_FOLDER

Of each tokenizer of trainings.json:

file       hash of the tokenizer.json that we export, and that the reference has loaded here
encoded    hash of the reference's encodings with it, of texts that it was trained on and others
decoded    hash of what they decode to
tokens     hash of the tokens that the reference's trainer learns from the same texts, in the order of their ids
merges     hash of its merges
density    Unigram: tokens per character of the training texts when its trainer's model encodes them

In the reference, characters with a prefix get their ids in the order of a hash table, and of pairs that are equally frequent
the one with the lower ids is merged first; and the order decides which of equally frequent characters stay in an alphabet
of limited size. For the hash of the tokens, it is therefore given our characters in our order, as special tokens. Without
that, it must learn 99 % of our tokens: so much two of its own runs have in common, or little more.
"""

import argparse
import json
from importlib.metadata import version
from pathlib import Path

from make_published import decoded, encodings_hash, short_hash
from make_trained import BYTES, KINDS
from mixed_texts import mixed_text
from random_texts import random_text
from texts import program_texts, real_texts
from tokenizers import Tokenizer

HERE = Path(__file__).resolve().parent
TEXTS = {"real": real_texts, "program": program_texts}


def tokens_of(model):
    return sorted(model["vocab"], key=model["vocab"].get)


def lines_hash(lines):
    return short_hash("\n".join(lines).encode())


def first_tokens(ours):
    """Those before the first merged one: special tokens, characters, and characters with a prefix."""
    tokens = tokens_of(ours["model"])
    prefix = ours["model"].get("continuing_subword_prefix") or ""
    count = len(ours["added_tokens"])
    while count < len(tokens) and len(tokens[count].removeprefix(prefix)) == 1:
        count += 1
    return tokens[:count]


def train_reference(ours, kind, texts, **options):
    """A tokenizer with our stages before the model, and its model as JSON."""
    model, trainer = KINDS[kind]
    tokenizer = Tokenizer(model())
    given = Tokenizer.from_str(json.dumps(ours))
    for stage in ("normalizer", "pre_tokenizer"):
        if getattr(given, stage):
            setattr(tokenizer, stage, getattr(given, stage))
    tokenizer.train_from_iterator(texts, trainer(show_progress=False, **options))
    return tokenizer, json.loads(tokenizer.to_str())["model"]


def learned(ours, texts, given):
    """What the reference's trainer learns; nothing of kinds that it does not have."""
    kind = given["model"]
    if kind not in KINDS:
        return {}
    special_tokens = [token["content"] for token in ours["added_tokens"]]
    options = {"vocab_size": given["vocabSize"], "special_tokens": special_tokens}
    if kind == "unigram":
        options |= {"unk_token": "<unk>", "max_piece_length": given.get("maxTokenLength", 16)}
        tokenizer, _ = train_reference(ours, kind, texts, **options)
        n_tokens = sum(map(len, tokenizer.encode_batch(texts)))
        return {"density": n_tokens / sum(map(len, texts))}

    options["min_frequency"] = given["minFrequency"]
    if kind == "words":
        _, model = train_reference(ours, kind, texts, **options)
        return {"tokens": lines_hash(tokens_of(model))}

    if "maxTokenLength" in given:  # the greatest length; the reference takes the least one that is too long
        options["max_token_length"] = given["maxTokenLength"] + 1
    alphabet = {"initial_alphabet": list(given.get("initialAlphabet", BYTES if kind == "bpe" else ""))}
    if "limitAlphabet" in given:
        alphabet["limit_alphabet"] = given["limitAlphabet"]
    _, model = train_reference(ours, kind, texts, **options, **alphabet)
    overlap = len(ours["model"]["vocab"].keys() & model["vocab"].keys()) / len(ours["model"]["vocab"])
    print(f"overlap {overlap:.4f}", flush=True)
    assert overlap >= 0.99

    options["special_tokens"] = first_tokens(ours)
    _, model = train_reference(ours, kind, texts, limit_alphabet=0, **options)
    result = {"tokens": lines_hash(tokens_of(model))}
    if "merges" in model:
        result["merges"] = lines_hash(map(" ".join, model["merges"]))
    return result


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("node_modules", type=Path)
    arguments = parser.parse_args()

    unseen = [random_text(i) for i in range(300)] + [mixed_text(i) for i in range(300)]
    golden = {}
    for training in json.loads((HERE / "trainings.json").read_text()):
        file = (arguments.folder / f"{training['name']}.json").read_bytes()
        texts = TEXTS[training["texts"]](arguments.node_modules)[:: training["every"]]
        tokenizer = Tokenizer.from_buffer(file)
        tested = texts[::20] + unseen
        encodings = tokenizer.encode_batch(tested)
        back = "".join(text + "\n" for text in decoded(tokenizer, "trained", encodings))
        print(training["name"], flush=True)
        golden[training["name"]] = {
            "file": short_hash(file),
            "encoded": encodings_hash(tested, encodings),
            "decoded": short_hash(back.encode()),
            **learned(json.loads(file), texts, training["options"]),
        }
    result = {"reference": f"tokenizers {version('tokenizers')}", "tokenizers": golden}
    (HERE / "trained_files.json").write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
