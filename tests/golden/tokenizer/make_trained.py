"""Writes trained.txt: vocabularies that the reference's trainers make from the texts of sentences.json.

    pip install -r tests/golden/tokenizer/requirements.txt
    python tests/golden/tokenizer/make_trained.py

For each vocabulary a line of its name, kind, numbers of special tokens, tokens and merges, and the options; then a line per
token with its score (0 without scores), and a line per merge with the ids of its parts. Nothing in it has white space inside.

What is random in the reference, since it follows the order of a hash table, is kept out:
- Characters with a prefix or suffix get their ids in that order, and of pairs that are equally frequent the one with the
  lower ids is merged first. They are given to the reference as special tokens, which have an order. (Without that, two
  runs of the reference on so little text agree in 98 % of their tokens; make_trained_files.py compares more text.)
- Which of equally frequent characters an alphabet of limited size keeps. The limits here do not cut between such.
- A unigram model gives the characters that are no good pieces scores in that order, and leaves pieces of equal scores in
  it. The pieces are written in alphabetical order, and characters without scores.
"""

import json
from collections import Counter
from pathlib import Path

from tokenizers import Tokenizer, models, pre_tokenizers, trainers

HERE = Path(__file__).resolve().parent

KINDS = {
    "bpe": (models.BPE, trainers.BpeTrainer),
    "wordpiece": (models.WordPiece, trainers.WordPieceTrainer),
    "words": (models.WordLevel, trainers.WordLevelTrainer),
    "unigram": (models.Unigram, trainers.UnigramTrainer),
}
PRE_TOKENIZERS = {
    "WhitespaceSplit": pre_tokenizers.WhitespaceSplit(),
    "ByteLevel": pre_tokenizers.ByteLevel(add_prefix_space=False),
}
BYTES = "".join(sorted(pre_tokenizers.ByteLevel.alphabet()))


def read_texts():
    """One text per line of the file. Those with escapes are left out, so that the test needs no JSON."""
    lines = (HERE.parent / "sentences.json").read_text(encoding="utf-8").split("\n")
    return [json.loads(line.strip().rstrip(",")) for line in lines if line.startswith("  ") and "\\" not in line]


def words_of(texts, pre_tokenizer):
    return [word for text in texts for word, _ in PRE_TOKENIZERS[pre_tokenizer].pre_tokenize_str(text)]


def kept_characters(words, limit):
    counts = Counter(character for word in words for character in word).most_common()
    if limit is None:
        return {character for character, _ in counts}
    assert counts[limit - 1][1] > counts[limit][1], "which characters are kept is random"
    return {character for character, _ in counts[:limit]}


def character_forms(words, kept, prefix, suffix):
    """The characters as they stand inside and at the end of words, in ascending order."""
    forms = set()
    for word in words:
        for i, character in enumerate(word):
            form = (prefix if i > 0 else "") + character + (suffix if i == len(word) - 1 else "")
            if character in kept and form != character:
                forms.add(form)
    return sorted(forms)


def vocabulary(texts, name, kind, special_tokens=(), pre_tokenizer="WhitespaceSplit", every=1, **options):
    texts = texts[::every]
    words = words_of(texts, pre_tokenizer)
    kept = kept_characters(words, options.get("limit_alphabet"))
    prefix = options.get("continuing_subword_prefix", "##" if kind == "wordpiece" else "")
    special_tokens = [*special_tokens, *character_forms(words, kept, prefix, options.get("end_of_word_suffix", ""))]

    model, trainer = KINDS[kind]
    tokenizer = Tokenizer(model())
    tokenizer.pre_tokenizer = PRE_TOKENIZERS[pre_tokenizer]
    given = {key: list(value) if key == "initial_alphabet" else value for key, value in options.items()}
    tokenizer.train_from_iterator(texts, trainer(special_tokens=special_tokens, show_progress=False, **given))
    trained = json.loads(tokenizer.to_str())["model"]

    tokens = trained["vocab"]
    if kind != "unigram":
        tokens = [(token, 0) for token in sorted(tokens, key=tokens.get)]
    else:
        n_first = len({*special_tokens, options["unk_token"]})
        others = sorted((token, score if len(token) > 1 else 0) for token, score in tokens[n_first:])
        tokens = tokens[:n_first] + others
    ids = {token: i for i, (token, _) in enumerate(tokens)}
    merges = trained.get("merges", [])
    stated = {"pre_tokenizer": pre_tokenizer, "every": every, **options}
    yield " ".join(
        [name, kind, str(len(special_tokens)), str(len(tokens)), str(len(merges))]
        + [f"{key}={value}" for key, value in stated.items()]
    )
    yield from (f"{token} {score:.6g}" for token, score in tokens)
    yield from (f"{ids[left]} {ids[right]}" for left, right in merges)


def main():
    texts = read_texts()
    out = []
    out += vocabulary(texts, "bpe", "bpe", ["<s>", "e"], vocab_size=900)
    # Here every pair that occurs twice is merged, up to whole words.
    out += vocabulary(texts, "bpe_all", "bpe", every=8, min_frequency=2)
    out += vocabulary(texts, "bpe_length", "bpe", vocab_size=900, min_frequency=4, max_token_length=5, initial_alphabet="\u20ac")
    out += vocabulary(texts, "bpe_alphabet", "bpe", ["<s>", "\u20ac"], vocab_size=400, limit_alphabet=40)
    out += vocabulary(texts, "bpe_suffix", "bpe", vocab_size=600, limit_alphabet=59, end_of_word_suffix="</w>")
    out += vocabulary(
        texts, "bpe_prefix_suffix", "bpe", vocab_size=700, limit_alphabet=59, max_token_length=6,
        continuing_subword_prefix="@@", end_of_word_suffix="</w>",
    )  # fmt: skip
    out += vocabulary(texts, "bpe_bytes", "bpe", ["<|endoftext|>"], "ByteLevel", vocab_size=900, initial_alphabet=BYTES)
    out += vocabulary(texts, "wordpiece", "wordpiece", ["[UNK]", "[CLS]"], vocab_size=800, limit_alphabet=59)
    out += vocabulary(texts, "words", "words", ["[UNK]"], vocab_size=300, min_frequency=2)
    out += vocabulary(texts, "unigram", "unigram", vocab_size=900, unk_token="<unk>")
    out += vocabulary(
        texts, "unigram_short", "unigram", ["<s>", "<unk>"], vocab_size=900, unk_token="<unk>",
        max_piece_length=4, n_sub_iterations=1, shrinking_factor=0.6, initial_alphabet="\u20ac",
    )  # fmt: skip
    (HERE / "trained.txt").write_text("\n".join(out) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
