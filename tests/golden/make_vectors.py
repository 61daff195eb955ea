#!/usr/bin/env python3
"""Writes tests/golden/vectors.json: what scikit-learn's PCA makes of the sentence vectors under minilm/ and of small odd
tables, and what sentence-transformers quantises of them. Needs numpy, scikit-learn and sentence-transformers."""

import numpy as np
from golden_files import HERE, write_json
from sentence_transformers.util.quantization import quantize_embeddings
from sklearn.decomposition import PCA

WIDTH = 384
SHOWN = 6  # rows of each answer that are kept

# The rows that a fit is made of, which of them are transformed, and how many dimensions are left.
FITS = {
    "sentences": {"rows": [0, 400], "dimensions": 16},
    "fewer than dimensions": {"rows": [0, 30], "dimensions": 30},
    "two": {"rows": [7, 9], "dimensions": 1},
}


def sentences() -> np.ndarray:
    return np.fromfile(HERE / "minilm" / "vectors.f16", dtype="<f2").reshape(-1, WIDTH).astype(np.float64)


def small_tables() -> dict[str, np.ndarray]:
    random = np.random.default_rng(5)
    stretched = random.normal(size=(20, 5)) @ np.diag([8, 4, 2, 1, 0.5]) + [3, -2, 1, 0, 10]
    low_rank = random.integers(-3, 4, (12, 2)) @ random.integers(-3, 4, (2, 6))
    return {"stretched": np.round(stretched * 64) / 64, "low rank": low_rank}


def rounded(values: np.ndarray) -> list:
    return [[float(f"{value:.9g}") for value in row] for row in np.atleast_2d(values)]


def fitted(table: np.ndarray, dimensions: int, shown: np.ndarray) -> dict:
    """Components of no variance are any directions, so that only the others can be compared."""
    pca = PCA(dimensions, svd_solver="full").fit(table)
    white = PCA(dimensions, svd_solver="full", whiten=True).fit(table)
    rank = int((pca.explained_variance_ > 1e-9 * pca.explained_variance_[0]).sum())
    return {
        "dimensions": dimensions,
        "rank": rank,
        "explainedVariance": rounded(pca.explained_variance_)[0],
        "explainedVarianceRatio": rounded(pca.explained_variance_ratio_)[0],
        "firstComponent": rounded(pca.components_[0])[0],
        "transformed": rounded(pca.transform(shown)[:, :rank]),
        "whitened": rounded(white.transform(shown)[:, :rank]),
    }


def quantised(table: np.ndarray, ranges_of: np.ndarray) -> dict:
    table, ranges_of = table.astype(np.float32), ranges_of.astype(np.float32)
    return {
        "int8": quantize_embeddings(table, "int8", calibration_embeddings=ranges_of).tolist(),
        "ubinary": quantize_embeddings(table, "ubinary").tolist(),
        "binary": quantize_embeddings(table, "binary").tolist(),
    }


def main() -> None:
    rows = sentences()
    fits = []
    for name, fit in FITS.items():
        first, end = fit["rows"]
        shown = [*range(first, min(end, first + SHOWN))]
        fits.append({"name": name, **fit, "shown": shown, **fitted(rows[first:end], fit["dimensions"], rows[shown])})
    for name, table in small_tables().items():
        dimensions = min(table.shape)
        fits.append({"name": name, "table": table.tolist(), **fitted(table, dimensions, table)})
    # The ranges come from a half, so that of the others some values lie outside of them.
    write_json(
        HERE / "vectors.json",
        {"fits": fits, "quantised": {"rows": [200, 204], "calibration": [0, 200], **quantised(rows[200:204], rows[:200])}},
    )


if __name__ == "__main__":
    main()
