"""What the golden makers share: where things lie, the reference encoder, compact binary files.

The reference is the PyTorch implementation in `transformers`, in float32, with attention computed step by step
("eager") so that the attention matrices can be read, one text at a time so that padding plays no part.
"""

import json
import os
import re
from pathlib import Path

import numpy as np
import torch
from transformers import AutoTokenizer, BertModel

HERE = Path(__file__).resolve().parent
CACHE = Path(
    os.environ.get("KINVEC_CACHE")
    or Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "kinvec"
)
MINILM = CACHE / "weights" / "all-MiniLM-L6-v2"
CAPTAIN = (
    "The captain, against the suggestions of his crew, chose to save the pirate "
    "because he was touched by his tale"
)


class ReferenceEncoder:
    """A BERT checkpoint folder, run by transformers."""

    def __init__(self, folder: Path, max_tokens: int):
        self.tokenizer = AutoTokenizer.from_pretrained(folder)
        self.model = BertModel.from_pretrained(
            folder, attn_implementation="eager", add_pooling_layer=False, dtype=torch.float32
        ).eval()
        self.max_tokens = max_tokens

    def tokenize(self, text: str):
        return self.tokenizer(text, truncation=True, max_length=self.max_tokens, return_tensors="pt")

    @torch.no_grad()
    def forward(self, text: str):
        """hidden [layers + 1, n, hidden], attention [layers, heads, n, n], tokens [n]."""
        inputs = self.tokenize(text)
        out = self.model(**inputs, output_hidden_states=True, output_attentions=True)
        hidden = torch.cat(out.hidden_states).numpy()
        attention = torch.cat(out.attentions).numpy()
        return hidden, attention, self.tokenizer.convert_ids_to_tokens(inputs["input_ids"][0].tolist())

    @torch.no_grad()
    def embed(self, text: str, pooling: str = "mean") -> np.ndarray:
        """The L2-normalised sentence vector [hidden]."""
        hidden = self.model(**self.tokenize(text)).last_hidden_state[0]
        pooled = {"mean": hidden.mean(0), "cls": hidden[0], "last": hidden[-1]}[pooling]
        return torch.nn.functional.normalize(pooled, dim=0).numpy()


def write_array(path: Path, array: np.ndarray, dtype: str) -> None:
    """Raw little-endian values in row-major order. Shapes stand in the JSON file beside them."""
    path.write_bytes(np.ascontiguousarray(array, dtype=np.dtype(dtype).newbyteorder("<")).tobytes())


def to_fixed_point(probabilities: np.ndarray) -> np.ndarray:
    """Values in [0, 1] as 16-bit fixed point, v = code / 65535: error below 8e-6, where float16 has 2.4e-4."""
    return np.round(probabilities * 65535).astype(np.uint16)


def write_json(path: Path, value) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=2)
    # Lists of numbers on one line: a diff shows one changed list as one changed line.
    text = re.sub(r"\[\s+([-\d.e,\s]+?)\s+\]", lambda m: "[" + " ".join(m[1].split()) + "]", text)
    path.write_text(text + "\n", encoding="utf-8")


def cosines(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Row-wise cosine similarity, computed in float64."""
    a, b = a.astype(np.float64), b.astype(np.float64)
    return (a * b).sum(-1) / (np.linalg.norm(a, axis=-1) * np.linalg.norm(b, axis=-1))
