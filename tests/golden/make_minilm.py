"""Reference vectors of all-MiniLM-L6-v2 for sentences.json, and the attention of one sentence.

Writes minilm/vectors.f16 [400, 384], minilm/attention.u16 [6, 12, n, n] (fixed point, value = code / 65535)
and minilm/minilm.json. Run tools/fetch_weights.sh first.
"""

import json

import numpy as np

from golden_files import HERE, MINILM, cosines, to_fixed_point, write_array, write_json
from reference import CAPTAIN, ReferenceEncoder

MAX_TOKENS = 256  # sentence_bert_config.json; the 128 of tokenizer.json is a left-over of training


def main() -> None:
    sentences = json.loads((HERE / "sentences.json").read_text(encoding="utf-8"))
    encoder = ReferenceEncoder(MINILM, MAX_TOKENS)
    counts = [encoder.tokenize(text)["input_ids"].shape[1] for text in sentences]
    vectors = np.stack([encoder.embed(text) for text in sentences])
    _, attention, tokens = encoder.forward(CAPTAIN)

    stored = vectors.astype(np.float16)
    loss = 1 - cosines(stored, vectors).min()
    assert loss < 1e-6, f"float16 costs {loss} of cosine"
    assert np.abs(to_fixed_point(attention) / 65535 - attention).max() < 1e-5

    out = HERE / "minilm"
    out.mkdir(exist_ok=True)
    write_array(out / "vectors.f16", stored, "f2")
    write_array(out / "attention.u16", to_fixed_point(attention), "u2")
    write_json(
        out / "minilm.json",
        {
            "dimensions": vectors.shape[1],
            "maxTokens": MAX_TOKENS,
            "tokenCounts": counts,
            "attention": {"text": CAPTAIN, "tokens": tokens, "shape": list(attention.shape)},
        },
    )
    print(f"{len(sentences)} sentences, {min(counts)} to {max(counts)} tokens; float16 costs {loss:.1e} of cosine")


if __name__ == "__main__":
    main()
