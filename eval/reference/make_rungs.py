"""What scipy and numpy make of rank correlations, and of texts' vectors weighted by smooth inverse frequency.

  pip install -r requirements.txt
  python3 make_rungs.py"""

import json
from pathlib import Path

import numpy
import scipy
from scipy.stats import spearmanr

random = numpy.random.default_rng(7)


def correlations():
    for size in (3, 10, 60):
        for values in (3, 1000):  # few values: many ties
            a = random.integers(0, values, size)
            b = a + random.integers(0, 2 * values, size)
            if len(set(a.tolist())) > 1 and len(set(b.tolist())) > 1:
                yield {"a": a.tolist(), "b": b.tolist(), "correlation": spearmanr(a, b).statistic}


def weighted(dimensions=4, a=0.01):
    words = [f"word{i}" for i in range(12)]
    vectors = random.normal(size=(len(words), dimensions)).astype("float32") + 1
    sentences = [[words[i] for i in random.integers(0, len(words), 6) ** 2 // len(words)] for _ in range(40)]
    total = sum(map(len, sentences))
    share = {word: sum(one.count(word) for one in sentences) / total for word in words}

    def mean(sentence):
        rows = [a / (a + share[word]) * vectors[words.index(word)] for word in sentence if word in share]
        return numpy.mean(rows, axis=0)

    _, _, directions = numpy.linalg.svd(numpy.array([mean(one) for one in sentences]))
    text = ["word0", "unseen", "word5", "word11"]
    vector = mean(text)
    vector -= vector @ directions[0] * directions[0]
    return {"words": words, "vectors": vectors.tolist(), "sentences": sentences, "a": a, "text": text,
            "vector": vector.tolist()}


golden = {"made": f"scipy {scipy.__version__}, numpy {numpy.__version__}",
          "correlations": list(correlations()), "weighted": weighted()}
Path(__file__).with_name("rungs.json").write_text(json.dumps(golden) + "\n")
