#!/usr/bin/env python3
"""Writes tests/golden/bm25.json: searches of sentences.json by words, as bm25s scores them. Needs bm25s and numpy.

Terms are split here once more, by the rule in words that web/search/words/split_words.ts states, and hashed, so that the
two are known to agree on every text."""

import hashlib
import json
import unicodedata

import bm25s
from golden_files import HERE, write_json

QUERIES = [
    "the quick brown fox",
    "How do I reset my password?",
    "heart attack symptoms in women",
    "naive CAFÉ resume",
    "人間の自由",
    "东京",
    "자유",
    "Αθήνα",
    "الحقوق",
    "the the the dog",
    "zzzunknown word",
]
PARAMETERS = [{"k1": 1.2, "b": 0.75}, {"k1": 0.9, "b": 0.4}, {"k1": 2, "b": 0}, {"k1": 1.2, "b": 1}]
UNSPACED = ("CJK ", "HIRAGANA", "KATAKANA", "HALFWIDTH KATAKANA", "HANGUL", "THAI", "LAO", "KHMER", "MYANMAR")
JOINERS = "\u200c\u200d"


def category(character: str) -> str:
    return unicodedata.category(character)[0]


def is_unspaced(character: str) -> bool:
    # The names tell the script, but for the signs that two of them share.
    return unicodedata.name(character, "").startswith(UNSPACED) or character in "々〆ー"


def runs(text: str) -> list[str]:
    found, run = [], ""
    for character in text:
        if category(character) in "LN" or (run and (category(character) == "M" or character in JOINERS)):
            run += character
        elif run:
            found.append(run)
            run = ""
    return found + ([run] if run else [])


def pieces(run: str) -> list[str]:
    found = [run[0]]
    for before, character in zip(run, run[1:]):
        if is_unspaced(before) == is_unspaced(character):
            found[-1] += character
        else:
            found.append(character)
    return found


def characters(run: str) -> list[str]:
    found = []
    for character in run:
        if found and category(character) == "M":
            found[-1] += character
        else:
            found.append(character)
    return found


def is_accent(character: str) -> bool:
    # Arabic's marks lie together; the letters among them are no marks.
    arabic = "\u064b" <= character <= "\u0655" or character == "\u0670"
    name = unicodedata.name(character, "")
    return arabic or (name.startswith(("COMBINING ", "ZERO WIDTH")) and "KATAKANA" not in name)


def fold(word: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", word) if not is_accent(c))
    return unicodedata.normalize("NFKC", plain.upper().lower())


def terms(text: str) -> list[str]:
    found = []
    for run in runs(text):
        for piece in pieces(run):
            if not is_unspaced(piece[0]):
                found.append(piece)
                continue
            each = characters(piece)
            for i, character in enumerate(each):
                if len(each) == 1 or unicodedata.name(character[0]).startswith("CJK UNIFIED") or character == "々":
                    found.append(character)
                if i + 1 < len(each):
                    found.append(character + each[i + 1])
    return [fold(term) for term in found]


def main() -> None:
    texts = json.loads((HERE / "sentences.json").read_text())
    corpus = [terms(text) for text in texts]
    searches = []
    for parameters in PARAMETERS:
        retriever = bm25s.BM25(method="lucene", **parameters, dtype="float64")
        retriever.index(corpus, show_progress=False)
        for query in QUERIES:
            known = [term for term in terms(query) if term in retriever.vocab_dict]
            scores = retriever.get_scores(known) if known else [0.0] * len(corpus)
            found = sorted((i for i, score in enumerate(scores) if score > 0), key=lambda i: (-scores[i], i))[:10]
            hits = {"items": found, "scores": [float(scores[i]) for i in found]}
            searches.append({**parameters, "query": query, **hits})
    hashes = [hashlib.sha256("\n".join(each).encode()).hexdigest()[:8] for each in corpus]
    write_json(HERE / "bm25.json", {"terms": " ".join(hashes), "searches": searches})


if __name__ == "__main__":
    main()
