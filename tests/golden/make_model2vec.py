#!/usr/bin/env python3
"""Writes tests/golden/model2vec/: small static models as model2vec itself saves them, with the vectors it gives, and
what its recipe of distillation makes of tiny-bert. Needs model2vec, numpy, safetensors and tokenizers.

The recipe (model2vec/distill/inference.py, which needs PyTorch) is repeated here in NumPy: each token alone between
[CLS] and [SEP], the mean of the three, principal components, and weights a / (a + p) with p by Zipf's law."""

import json
import math
import shutil

import numpy as np
from golden_files import HERE
from model2vec import StaticModel
from safetensors.numpy import load_file
from tokenizers import Tokenizer

OUT = HERE / "model2vec"
TINY = HERE / "tiny-bert"
DIMENSIONS = 16
TEXTS = [
    "the cat sat on the mat",
    "Unbelievable! A café in Zürich?",
    "tea",
    "",
    "\u20ac \U0001f600 the \u20ac",
    "1984, 2001 and 3.14",
    "the river bank and the pirate's bank " * 30,
]


def save(name: str, vectors: np.ndarray, **more: np.ndarray) -> dict:
    config = {"model_type": "model2vec", "architectures": ["StaticModel"], "normalize": name != "int8"}
    tokenizer = Tokenizer.from_file(str(TINY / "tokenizer.json"))
    model = StaticModel(vectors, tokenizer, config=config, normalize=config["normalize"], **more)
    folder = OUT / name
    model.save_pretrained(folder)
    (folder / "README.md").unlink(missing_ok=True)
    (folder / "model.safetensors").chmod(0o644)
    reread = StaticModel.from_pretrained(folder)
    return {"vectors": [[float(value) for value in row] for row in reread.encode(TEXTS).astype(np.float32)]}


def layer_norm(x: np.ndarray, weights: dict, name: str) -> np.ndarray:
    x = x - x.mean(-1, keepdims=True)
    x = x / np.sqrt((x**2).mean(-1, keepdims=True) + 1e-12)
    return x * weights[f"{name}.weight"] + weights[f"{name}.bias"]


def gelu(x: np.ndarray) -> np.ndarray:
    erf = np.vectorize(math.erf)
    return x * 0.5 * (1 + erf(x / np.sqrt(2)))


def token_vectors(weights: dict, config: dict, cls: int, sep: int) -> np.ndarray:
    """[vocabulary, hidden]"""
    words = weights["embeddings.word_embeddings.weight"]
    count, hidden = words.shape
    heads = config["num_attention_heads"]
    linear = lambda x, name: x @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]
    x = np.stack([np.tile(words[cls], (count, 1)), words, np.tile(words[sep], (count, 1))], 1)
    x = x + weights["embeddings.position_embeddings.weight"][:3] + weights["embeddings.token_type_embeddings.weight"][0]
    x = layer_norm(x, weights, "embeddings.LayerNorm")
    for layer in range(config["num_hidden_layers"]):
        block = f"encoder.layer.{layer}"
        q, k, v = (
            linear(x, f"{block}.attention.self.{part}").reshape(count, 3, heads, -1).transpose(0, 2, 1, 3)
            for part in ("query", "key", "value")
        )
        scores = q @ k.transpose(0, 1, 3, 2) / np.sqrt(hidden // heads)
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        context = (scores / scores.sum(-1, keepdims=True) @ v).transpose(0, 2, 1, 3).reshape(count, 3, hidden)
        x = layer_norm(x + linear(context, f"{block}.attention.output.dense"), weights, f"{block}.attention.output.LayerNorm")
        inner = gelu(linear(x, f"{block}.intermediate.dense"))
        x = layer_norm(x + linear(inner, f"{block}.output.dense"), weights, f"{block}.output.LayerNorm")
    return x.mean(1)


def distilled() -> dict:
    """Cosines between the texts' vectors: the axes' signs do not matter to them."""
    weights = {name: value.astype(np.float64) for name, value in load_file(TINY / "model.safetensors").items()}
    tokenizer = Tokenizer.from_file(str(TINY / "tokenizer.json"))
    tokens = token_vectors(weights, json.loads((TINY / "config.json").read_text()), tokenizer.token_to_id("[CLS]"),
                           tokenizer.token_to_id("[SEP]"))
    vocabulary = sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])
    unknown = tokenizer.token_to_id("[UNK]")
    kept = [i for token, i in vocabulary if i == unknown or not (token.startswith("[") and token.endswith("]") and len(token) > 2)]
    rows = tokens[kept] - tokens[kept].mean(0)
    _, axes = np.linalg.eigh(rows.T @ rows)
    share = 1 / np.arange(2, len(kept) + 2)
    share /= share.sum()
    table = rows @ axes[:, ::-1][:, :DIMENSIONS] * (1e-4 / (1e-4 + share))[:, None]
    place = {token: index for index, token in enumerate(kept)}
    tokenizer.no_truncation()
    vectors = []
    for text in TEXTS:
        ids = [place[i] for i in tokenizer.encode(text, add_special_tokens=False).ids if i != unknown]
        mean = table[ids].mean(0) if ids else np.zeros(DIMENSIONS)
        vectors.append(mean / max(np.linalg.norm(mean), 1e-12))
    return {"dimensions": DIMENSIONS, "cosines": (np.array(vectors) @ np.array(vectors).T).tolist()}


def main() -> None:
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir()
    tokenizer = Tokenizer.from_file(str(TINY / "tokenizer.json"))
    count = tokenizer.get_vocab_size()
    random = np.random.default_rng(11)
    vectors = random.normal(size=(count, DIMENSIONS)).astype(np.float32)
    factors = random.uniform(0.1, 1, count)
    mapping = random.integers(0, 60, count)
    models = {
        "float32": save("float32", vectors),
        "float16": save("float16", vectors.astype(np.float16), weights=factors.astype(np.float32)),
        "int8": save("int8", np.round(vectors * 30).astype(np.int8), weights=factors),
        "mapping": save("mapping", vectors[:60], weights=factors.astype(np.float16), token_mapping=mapping),
    }
    reference = {"texts": TEXTS, "models": models, "distilled": distilled()}
    (OUT / "reference.json").write_text(json.dumps(reference) + "\n")


if __name__ == "__main__":
    main()
