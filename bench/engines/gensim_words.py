"""gensim with one worker, as the bench of word vectors compares with it.

    OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 python gensim_words.py TEXT OPTIONS VECTORS

Trains on the lines of TEXT with OPTIONS, which are kinvec's as JSON, writes VECTORS as word2vec's binary file, and prints
words per second of processor time. Needs gensim.
"""

import json
import sys
import time

from gensim.models import FastText, Word2Vec

text, options, vectors = sys.argv[1], json.loads(sys.argv[2]), sys.argv[3]
with open(text, encoding="utf-8") as lines:
    sentences = [line.lower().split() for line in lines]

settings = {
    "vector_size": options["dimensions"],
    "window": options["window"],
    "min_count": options["minCount"],
    "sample": options["subsample"],
    "epochs": options["epochs"],
    "alpha": options["learningRate"],
    "min_alpha": options["minLearningRate"],
    "seed": options["seed"],
    "sg": int(options["architecture"] == "skipgram"),
    "hs": int(options["loss"] == "hierarchical-softmax"),
    "negative": 0 if options["loss"] == "hierarchical-softmax" else 5,
    "workers": 1,
}
model = (FastText if options["method"] == "fasttext" else Word2Vec)(**settings)
model.build_vocab(sentences)
start = time.process_time()
model.train(sentences, total_examples=model.corpus_count, epochs=model.epochs)
seconds = time.process_time() - start
words = model.epochs * sum(model.wv.get_vecattr(word, "count") for word in model.wv.index_to_key)
model.wv.save_word2vec_format(vectors, binary=True)
print(words / seconds)
