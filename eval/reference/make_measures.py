"""nDCG of random rankings by ranx, for the test of eval/lib/measures.mjs. Writes measures.json; see requirements.txt."""

import json
import random
from pathlib import Path

import ranx

K = 10


def main() -> None:
    random.seed(7)
    cases = []
    for _ in range(40):
        documents = [f"d{i}" for i in range(random.randint(1, 25))]
        gains = {document: random.choice([0, 0, 0, 1, 1, 2, 3]) for document in documents}
        if not any(gains.values()):
            gains[documents[0]] = 1
        ranked = random.sample(documents, random.randint(1, len(documents)))
        run = {document: float(len(ranked) - place) for place, document in enumerate(ranked)}
        judged = {document: gain for document, gain in gains.items() if gain > 0}
        ndcg = ranx.evaluate(ranx.Qrels({"q": judged}), ranx.Run({"q": run}), f"ndcg@{K}")
        cases.append({"gains": [gains[d] for d in ranked], "all": list(judged.values()), "ndcg": round(float(ndcg), 9)})
    text = json.dumps({"made": f"ranx {ranx.__version__ if hasattr(ranx, '__version__') else '0.3.21'}", "k": K, "cases": cases})
    Path(__file__).with_name("measures.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
