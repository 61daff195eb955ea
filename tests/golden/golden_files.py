"""What the golden makers share: where things lie, and compact binary files. Needs numpy only."""

import json
import os
import re
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
CACHE = Path(
    os.environ.get("KINVEC_CACHE")
    or Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "kinvec"
)
MINILM = CACHE / "weights" / "all-MiniLM-L6-v2"


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
