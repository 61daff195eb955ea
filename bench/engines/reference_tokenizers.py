"""The reference tokenizer library (Rust, one thread) behind the bench's engine interface.

    RAYON_NUM_THREADS=1 TOKENIZERS_PARALLELISM=false python reference_tokenizers.py TOKENIZERS_FOLDER

Reads orders as lines of JSON and answers each with one: {"order": "measure" | "count", "workload": ..., "budget": ms}.
Where only ids are wanted, the texts go through the library's fastest call, encode_batch_fast, in one batch.
"""

import json
import sys
import time
from pathlib import Path

from tokenizers import Tokenizer

FOLDER = Path(sys.argv[1])
FEWEST = 2  # runs of a turn, as in lib/measure.mjs

loaded = {}


def tokenizer_of(name):
    if name not in loaded:
        loaded[name] = Tokenizer.from_file(str(FOLDER / name / "tokenizer.json"))
        loaded[name].no_truncation()
        loaded[name].no_padding()
    return loaded[name]


def run(tokenizer, workload):
    if workload["ids"]:
        return sum(len(encoding) for encoding in tokenizer.encode_batch_fast(workload["texts"]))
    return sum(len(tokenizer.encode(text)) for text in workload["texts"])


def measure(tokenizer, workload, budget):
    samples = []
    end = time.perf_counter() + budget / 1000
    while len(samples) < FEWEST or time.perf_counter() < end:
        start = time.perf_counter()
        run(tokenizer, workload)
        samples.append((time.perf_counter() - start) * 1000)
    return samples


for line in sys.stdin:
    order = json.loads(line)
    workload = order["workload"]
    tokenizer = tokenizer_of(workload["tokenizer"])
    if order["order"] == "count":
        answer = run(tokenizer, workload)
    else:
        answer = measure(tokenizer, workload, order["budget"])
    print(json.dumps(answer), flush=True)
