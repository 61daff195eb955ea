"""What the reference finds on Cranfield: PyTorch vectors of the same weights, an exact search in numpy, nDCG by ranx.

Writes cranfield.json: nDCG@10 of each query. Run tools/fetch_weights.sh first, then
    python3 -m venv VENV && VENV/bin/pip install -r eval/reference/requirements.txt
    VENV/bin/python eval/reference/make_cranfield.py DIR
where DIR is the data folder, with cranfield/ in it.
"""

import json
import re
import sys
from pathlib import Path

import numpy as np
import ranx
import torch
import transformers

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent.parent / "tests/golden"))
from golden_files import MINILM  # noqa: E402
from reference import ReferenceEncoder  # noqa: E402

MAX_TOKENS = 256  # sentence_bert_config.json


def parts(text: str, tag: str) -> list[str]:
    found = re.findall(rf"<{tag}>([\s\S]*?)</{tag}>", text)
    return [re.sub(r"\s+", " ", each).strip() for each in found]


def main() -> None:
    folder = Path(sys.argv[1]) / "cranfield"
    documents = (folder / "cran.all.1400.xml").read_text(encoding="utf-8")
    ids, texts = parts(documents, "docno"), parts(documents, "text")
    queries = parts((folder / "cran.qry.xml").read_text(encoding="utf-8"), "title")
    relevant: dict[str, dict[str, int]] = {}
    for line in (folder / "cranqrel.trec.txt").read_text(encoding="utf-8").splitlines():
        fields = line.split()
        if len(fields) == 4 and int(fields[3]) > 0:
            relevant.setdefault(fields[0], {})[fields[2]] = int(fields[3])

    kept = [i for i, text in enumerate(texts) if text]
    encoder = ReferenceEncoder(MINILM, MAX_TOKENS)
    items = np.stack([encoder.embed(texts[i]) for i in kept])
    run = {}
    for position, query in enumerate(queries, start=1):
        scores = items @ encoder.embed(query)
        best = np.argsort(-scores, kind="stable")[:10]
        run[str(position)] = {ids[kept[i]]: float(scores[i]) for i in best}

    judged = sorted(relevant, key=int)
    scores = ranx.evaluate(ranx.Qrels(relevant), ranx.Run({q: run[q] for q in judged}), "ndcg@10", return_mean=False)
    by_query = dict(zip(ranx.Qrels(relevant).keys(), (round(float(score), 6) for score in scores)))
    result = {
        "made": f"PyTorch {torch.__version__.split('+')[0]}, transformers {transformers.__version__}, ranx 0.3.21",
        "documents": len(kept),
        "ndcg": round(float(np.mean(list(by_query.values()))), 6),
        "queries": {query: by_query[query] for query in judged},
    }
    (HERE / "cranfield.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(result["ndcg"])


if __name__ == "__main__":
    main()
