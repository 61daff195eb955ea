#!/usr/bin/env python3
"""Writes tests/golden/counts.json: what scikit-learn counts and weighs in sentences.json and in odd texts, with many sets
of options; and what Python takes for a letter of a word and for its lower case. Needs scikit-learn and numpy.

Where terms stand is hashed for all texts; values are given for every twentieth and all odd ones."""

import hashlib
import json
import re
import sys
import unicodedata

import numpy as np
from golden_files import HERE, write_json
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

SPACES = "".join(chr(c) for c in range(0x110000) if chr(c).isspace())
ODD_TEXTS = [
    "",
    " \t\n",
    "!?",
    "x",
    "हिन्दी में लिखना सीखो",
    "مُحَمَّد محمد ١٢٣",
    "ทดสอบ ภาษาไทย",
    "한국어 한국어를",
    "か\u3099か\u3099 がが ﾊﾝｶｸ ハンカク",
    "東京タワー 𠮷野家 〇〇",
    "Ünïcode ÜNÏCODE U\u0308nicode u\u0308ni\u0308code étude e\u0301tude",
    "ΟΔΟΣ ΣΑΣ Σ ΑΣ. ΑΣ\u0308Α ὈΔΥΣΣΕΎΣ ΣΊΣΥΦΟΣ ΑΣ'Α ΑΣ'",
    "İstanbul ISTANBUL ıI Iı İİ",
    "ﬀ ﬁnal ß STRASSE Straße ẞẞ Ǆǅǆ",
    "1234 ٣٤٥ ४५ ½½ ²³ ⅧⅧ ㊿㊿ 3.14 1e-5",
    "a_b __ _x snake_case _ don't rock'n'roll e-mail",
    "👩\u200d👩\u200d👧 🎉🎉 👍🏽 👍🏽👍🏽",
    "𝐀𝐁 𝒜𝓑 𐐀𐐁 𐐨𐐩 ｆｕｌｌ ＷＩＤＴＨ",
    "\ue000\ue000 \U000f0000\U000f0000 \uffff\uffff",
    "a".join(SPACES) + "b".join(2 * space for space in SPACES),
    "no\ufeffspace no\u200bspace no\u180espace no\u2060space zero\u200cwidth zero\u200dwidth",
    "the the the the quick quick brown",
    "Tea, TEA, tea; a_tea: 'tea'",
    "ab abc abcd abcde abcdef",
]
VOCABULARY = ["zebra", "the", "dog", "tea", "quick brown", "The", "of the", "東京タワー"]

COUNTS = [
    {},
    {"lowercase": False, "binary": True, "ngramRange": [1, 2], "minDf": 2},
    {"ngramRange": [2, 3], "minDf": 0.003, "maxDf": 0.02},
    {"stopWords": ["the", "of", "and", "to"], "ngramRange": [1, 2], "maxDf": 20, "maxFeatures": 100},
    {"binary": True, "maxFeatures": 50},
    {"tokenPattern": "@?([a-z]{3,})[,;]?", "minDf": 3},
    {"tokenPattern": "[a-z]*", "minDf": 3},
    {"vocabulary": VOCABULARY, "ngramRange": [1, 2]},
    {"analyzer": "char", "minDf": 4},
    {"analyzer": "char", "ngramRange": [2, 4], "maxFeatures": 500},
    {"analyzer": "char_wb", "ngramRange": [4, 6], "lowercase": False, "maxFeatures": 300},
]
WEIGHTS = [
    {},
    {"norm": "l1", "smoothIdf": False},
    {"norm": None, "sublinearTf": True},
    {"useIdf": False, "ngramRange": [1, 2], "minDf": 2},
    {"binary": True, "maxDf": 0.1},
    {"vocabulary": VOCABULARY, "ngramRange": [1, 2], "sublinearTf": True},
    {"analyzer": "char_wb", "ngramRange": [3, 3], "sublinearTf": True, "maxDf": 0.5, "minDf": 8},
]


def without_ties(vectorizer, texts: list[str], limit: int) -> int:
    """The limit, or the next above at which scikit-learn has no choice among terms that are as frequent."""
    whole = vectorizer.set_params(max_features=None).fit_transform(texts)
    frequencies = np.sort(np.asarray(whole.sum(axis=0)).ravel())[::-1]
    while frequencies[limit - 1] == frequencies[limit]:
        limit += 1
    return limit


def fitted(kind, options: dict, texts: list[str]):
    names = {re.sub("([A-Z])", lambda m: "_" + m[1].lower(), name): value for name, value in options.items()}
    names["ngram_range"] = tuple(names.get("ngram_range", (1, 1)))
    vectorizer = kind(**names)
    if "maxFeatures" in options:
        options = {**options, "maxFeatures": without_ties(kind(**names), texts, options["maxFeatures"])}
        vectorizer.set_params(max_features=options["maxFeatures"])
    rows = vectorizer.fit_transform(texts)
    rows.sort_indices()
    return options, vectorizer, rows


def hashed(values) -> str:
    return hashlib.sha256("\0".join(map(str, values)).encode()).hexdigest()


def golden(kind, options: dict, texts: list[str], sample: list[int]) -> dict:
    options, vectorizer, rows = fitted(kind, options, texts)
    values = rows[sample].data
    return {
        "options": options,
        "features": hashed(vectorizer.get_feature_names_out()),
        "shape": list(rows.shape),
        "indices": hashed([*rows.indptr, *rows.indices]),
        "values": [float(f"{value:.9g}") for value in values],
    }


def runs(of) -> list[int]:
    """Lengths of the runs of code points for which it is false, true, false and so on."""
    flags = np.array([bool(of(chr(c))) for c in range(0x110000)])
    ends = np.flatnonzero(flags[1:] != flags[:-1]) + 1
    assert not flags[0]
    return np.diff([0, *ends, len(flags)]).tolist()


def is_assigned(character: str) -> bool:
    return unicodedata.category(character) not in ("Cn", "Cs") and character != "\0"


def main() -> None:
    texts = json.loads((HERE / "sentences.json").read_text()) + ODD_TEXTS
    sample = [*range(0, len(texts) - len(ODD_TEXTS), 20), *range(len(texts) - len(ODD_TEXTS), len(texts))]
    assigned = "\n".join(c for c in map(chr, range(sys.maxunicode + 1)) if is_assigned(c))
    characters = {
        "unicode": unicodedata.unidata_version,
        "assigned": runs(is_assigned),
        "words": runs(re.compile(r"\w").match),
        "lower": hashlib.sha256(assigned.lower().encode()).hexdigest(),
    }
    write_json(
        HERE / "counts.json",
        {
            "texts": ODD_TEXTS,
            "sample": sample,
            "characters": characters,
            "counts": [golden(CountVectorizer, options, texts, sample) for options in COUNTS],
            "weights": [golden(TfidfVectorizer, options, texts, sample) for options in WEIGHTS],
        },
    )


if __name__ == "__main__":
    main()
