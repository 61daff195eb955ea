#!/usr/bin/env python3
"""Writes tests/golden/words: small models that FastText has trained on sentences.json, and what it says with them. Needs
fasttext-wheel and numpy; gensim for what it makes of analogies.

The labels are of no use but to differ: whether a text asks, is of the Latin script, is long; and the text itself, for a model
with enough labels to be quantised."""

import json
import tempfile
from pathlib import Path

import fasttext
from gensim.models import KeyedVectors
from golden_files import HERE, write_json

OUT = HERE / "words"
TEXTS = [" ".join(text.split()) for text in json.loads((HERE / "sentences.json").read_text())]
WORDS = ["the", "and", "</s>", "question", "unseen", "Über", "日本語", "a", "", "<", "😀😀"]
ONE_THREAD = {"thread": 1, "verbose": 0}
SMALL = {"dim": 7, "epoch": 25, "minCount": 3, **ONE_THREAD}

# From 0.9.2 on the package warns that a model is an object.
fasttext.FastText.eprint = lambda *_: None


def traits(text: str) -> list[str]:
    found = ["question" if "?" in text else "statement", "long" if len(text) > 200 else "short"]
    found.append("latin" if text.isascii() else "other")
    return [f"__label__{trait}" for trait in found]


def predictions(model, count: int) -> list:
    # By the library underneath: the package's own call does not work with NumPy 2.
    found = [model.f.predict(text + "\n", count, 0.0, "strict") for text in TEXTS[::9]]
    return [{"labels": " ".join(label for _, label in each), "scores": [score for score, _ in each]} for each in found]


def vectors(model, words: list[str]) -> dict:
    return {word: [float(value) for value in model.get_word_vector(word)] for word in words}


def words_golden(folder: Path) -> dict:
    lines = folder / "texts.txt"
    lines.write_text("\n".join(TEXTS), encoding="utf-8")
    model = fasttext.train_unsupervised(str(lines), model="skipgram", bucket=200, minn=2, maxn=4, **SMALL)
    model.save_model(str(OUT / "skipgram.bin"))
    nearest = {word: [[found, score] for score, found in model.get_nearest_neighbors(word)] for word in ["the", "unseen"]}

    plain = KeyedVectors(model.get_dimension())
    plain.add_vectors(model.get_words(), [model.get_word_vector(word) for word in model.get_words()])
    analogies = [
        {"positive": positive, "negative": negative, "found": plain.most_similar(positive, negative, topn=5)}
        for positive, negative in [(["the", "is"], ["and"]), (["of"], []), ([], ["in", "to"])]
    ]
    return {"words": model.get_words(), "vectors": vectors(model, WORDS), "nearest": nearest, "analogies": analogies}


def classifiers_golden(folder: Path) -> dict:
    golden = {}
    few = folder / "few.txt"
    few.write_text("\n".join(" ".join(traits(text)) + " " + text for text in TEXTS), encoding="utf-8")
    many = folder / "many.txt"
    many.write_text("\n".join(f"__label__{i % 260} {text}" for i, text in enumerate(TEXTS)), encoding="utf-8")

    def keep(name: str, model, quantized=None):
        if quantized is not None:
            model.quantize(thread=1, verbose=0, **quantized)
        model.save_model(str(OUT / name))
        golden[name] = {"predictions": predictions(model, 3), "vectors": vectors(model, model.get_words()[5:8] + WORDS[3:6])}

    subwords = {"minn": 2, "maxn": 3, "bucket": 250}
    supervised = lambda lines, **options: fasttext.train_supervised(str(lines), **{**SMALL, "lr": 1, **options})
    keep("softmax.bin", supervised(few, loss="softmax"))
    keep("negative.bin", supervised(few, loss="ns", wordNgrams=3, bucket=200))
    keep("one_vs_all.bin", supervised(few, loss="ova", wordNgrams=2, **subwords))
    keep("tree.bin", supervised(many, loss="hs", wordNgrams=2, epoch=5, **subwords))
    keep("quantized.ftz", supervised(few, loss="softmax", wordNgrams=2, **subwords), {"dsub": 3})
    pruned = {"input": str(many), "cutoff": 400, "retrain": True, "epoch": 2, "lr": 0.1, "qnorm": True, "qout": True}
    keep("pruned.ftz", supervised(many, loss="hs", epoch=5, **subwords), pruned)
    return golden


def main() -> None:
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_json(OUT / "vectors.json", words_golden(folder))
        write_json(OUT / "labels.json", classifiers_golden(folder))


if __name__ == "__main__":
    main()
