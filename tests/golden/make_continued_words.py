#!/usr/bin/env python3
"""Writes tests/golden/words/continued.bin and continued.json: a model that gensim has trained on some texts, with its output
layer, others on which it goes on, and the cosines of the words before and after. Needs gensim."""

import os
import sys

from gensim.models import FastText
from gensim.models.fasttext import save_facebook_model
from golden_files import HERE, write_json

OUT = HERE / "words"
ANIMALS = ["cat", "dog", "cow", "hen", "mouse"]
FOODS = ["bread", "soup", "salt", "rice", "cake"]
COMPUTERS = ["mouse", "screen", "keyboard", "cursor", "window"]
WORDS = sorted({*ANIMALS, *FOODS, *COMPUTERS})


def texts(worlds: list[list[str]], count: int) -> list[str]:
    """Of the worlds in turn, by the generator of Park and Miller."""
    state = 7
    lines = []
    for i in range(count):
        words = []
        for _ in range(8):
            state = state * 16807 % (2**31 - 1)
            world = worlds[i % len(worlds)]
            words.append(world[state % len(world)])
        lines.append(" ".join(words))
    return lines


def cosines(model) -> dict:
    words = [word for word in WORDS if word in model.wv.key_to_index]
    return {f"{a} {b}": float(model.wv.similarity(a, b)) for a in words for b in words if a < b}


def main() -> None:
    # Words are numbered by a hash of Python's own, which is the same in every run only if it is told so.
    if os.environ.get("PYTHONHASHSEED") != "0":
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, "PYTHONHASHSEED": "0"})
    settings = {"vector_size": 10, "min_count": 1, "sample": 0, "alpha": 0.05, "bucket": 60, "min_n": 3, "max_n": 4}
    model = FastText(sg=1, seed=1, workers=1, epochs=10, **settings)
    lines = [line.split() for line in texts([ANIMALS, FOODS], 400)]
    model.build_vocab(lines)
    model.train(lines, total_examples=len(lines), epochs=10)
    save_facebook_model(model, str(OUT / "continued.bin"))
    before = cosines(model)

    more = texts([ANIMALS[:4], COMPUTERS], 400)
    lines = [line.split() for line in more]
    model.build_vocab(lines, update=True)
    model.train(lines, total_examples=len(lines), epochs=10)
    write_json(OUT / "continued.json", {"texts": more, "before": before, "after": cosines(model)})


if __name__ == "__main__":
    main()
