#!/usr/bin/env python3
"""Writes tests/golden/npy/: small arrays as NumPy itself saves them. Needs numpy only.

The values are small multiples of 1/8, exact in every type; the odd ones stand in the last row."""

import numpy as np
from golden_files import HERE

OUT = HERE / "npy"
ODD = [0.1, -0.0, 1e-45, 3.4028235e38, np.inf, -np.inf, np.nan, 1 / 3]


def save(name: str, array: np.ndarray, version=None) -> None:
    with open(OUT / f"{name}.npy", "wb") as file:
        np.lib.format.write_array(file, array, version=version)


def main() -> None:
    OUT.mkdir(exist_ok=True)
    with np.errstate(over="ignore"):
        rows = (np.arange(-12, 12, dtype=np.float64) / 8).reshape(3, 8)
        values = np.vstack([rows, np.array(ODD)])
        save("f4", values.astype("<f4"))
        save("f8", values.astype("<f8"))
        save("f2", values.astype("<f2"))
        # What NumPy makes of the others as float32.
        save("f8_as_f4", values.astype("<f8").astype("<f4"))
        save("f2_as_f4", values.astype("<f2").astype("<f4"))
    save("one_dimension", rows[0].astype("<f4"))
    save("empty", np.zeros((0, 384), "<f4"))
    save("no_columns", np.zeros((3, 0), "<f4"))
    save("version_2", rows.astype("<f4"), (2, 0))
    save("version_3", rows.astype("<f4"), (3, 0))
    save("big_endian", rows.astype(">f4"))
    save("fortran", np.asfortranarray(rows.astype("<f4")))
    save("i4", rows.astype("<i4"))
    save("u1", rows.astype("|u1"))
    save("complex", rows.astype("<c8"))
    save("records", np.zeros(2, [("id", "<i4"), ("vector", "<f4", 3)]))
    save("no_dimensions", np.float32(3).reshape(()))
    save("three_dimensions", rows.astype("<f4").reshape(3, 2, 4))


if __name__ == "__main__":
    main()
