#!/usr/bin/env python3
"""Writes tests/golden/subwords.txt: the rows that FastText gives the n-grams of words, in lines of minn, maxn, buckets, the
word, and the rows behind those of the words. Needs fasttext-wheel."""

import tempfile
from pathlib import Path

import fasttext

OUT = Path(__file__).parent / "subwords.txt"
WORDS = ["a", "of", "the", "where", "banana", "\u00fcber", "na\u00efvet\u00e9", "\u65e5\u672c\u8a9e", "\u0439\u043e\u0433\u0443\u0440\u0442", "\U0001f600", "</s>"]
SETTINGS = [(3, 6, 2_000_000), (1, 2, 100), (2, 3, 2_000_003)]

# From 0.9.2 on the package warns that a model is an object.
fasttext.FastText.eprint = lambda *_: None

with tempfile.TemporaryDirectory() as folder, OUT.open("w", encoding="utf-8", newline="\n") as out:
    texts = Path(folder) / "texts.txt"
    texts.write_text(" ".join(WORDS) + "\n", encoding="utf-8")
    for minn, maxn, buckets in SETTINGS:
        model = fasttext.train_unsupervised(
            str(texts), dim=1, minCount=1, epoch=1, thread=1, verbose=0, minn=minn, maxn=maxn, bucket=buckets
        )
        n_words = len(model.words)
        for word in WORDS:
            _, rows = model.get_subwords(word)
            rows = [int(row) - n_words for row in rows if row >= n_words]
            out.write(" ".join(map(str, [minn, maxn, buckets, word, *rows])) + "\n")
