"""Writes the small tokenizers that fuzzing starts from: tests/fuzz/tokenizers/<name>.gguf, one for each kind of model
and for each form that a file may have. Needs nothing but Python; writes the same bytes every time.
"""

import pathlib
import struct

SINGLE_WORD, LSTRIP, RSTRIP, NORMALIZED, SPECIAL = 1, 2, 4, 8, 16
METASPACE = "\u2581"


def text(value):
    data = value.encode()
    return struct.pack("<Q", len(data)) + data


def value(item):
    """GGUF type and bytes of a plain value."""
    if isinstance(item, bool):
        return 7, struct.pack("<B", item)
    if isinstance(item, str):
        return 8, text(item)
    if isinstance(item, float):
        return 12, struct.pack("<d", item)
    return 5, struct.pack("<i", item)


def entry(key, item):
    if isinstance(item, bytes):
        return text(key) + struct.pack("<IIQ", 9, 0, len(item)) + item
    if isinstance(item, list):
        items = [value(one) for one in item]
        kind = items[0][0] if items else 5
        return text(key) + struct.pack("<IIQ", 9, kind, len(items)) + b"".join(data for _, data in items)
    kind, data = value(item)
    if kind == 5:
        kind = 4  # single numbers are unsigned
    return text(key) + struct.pack("<I", kind) + data


def flatten(key, item):
    """(key, value) of everything below a value of a tokenizer.json."""
    if isinstance(item, dict):
        for name, part in item.items():
            yield from flatten(f"{key}.{name}", part)
    elif isinstance(item, list) and (isinstance(item[0], dict) or len({type(one) for one in item}) > 1):
        yield f"{key}.count", len(item)
        for i, one in enumerate(item):
            yield from flatten(f"{key}.{i}", one)
    elif item is not None:
        yield key, item


def write(folder, name, entries):
    body = b"".join(entry(key, item) for key, item in entries)
    (folder / f"{name}.gguf").write_bytes(b"GGUF" + struct.pack("<IQQ", 3, 0, len(entries)) + body)


def stages(tokens, model, added=None, scores=None, merges=None, **families):
    """Keys of a tokenizer with the stages of a tokenizer.json. `added` has flags by token; those that are not in `tokens`
    come after them."""
    ids = {token: i for i, token in enumerate(tokens)}
    only = [token for token in added or {} if token not in ids]
    for token in only:
        ids[token] = len(ids)
    entries = [("tokenizer.ggml.tokens", list(ids))]
    if added:
        entries.append(("kinvec.tokenizer.added_tokens", [ids[token] for token in added]))
        entries.append(("kinvec.tokenizer.added_token_flags", bytes(added.values())))
    if only:
        entries.append(("kinvec.tokenizer.added_only", [ids[token] for token in only]))
    if scores:
        entries.append(("kinvec.tokenizer.scores", scores))
    if merges is not None:
        pairs = [ids[part] for merge in merges for part in merge.split(" ")]
        entries.append(("kinvec.tokenizer.merges", pairs))
    entries += flatten("kinvec.tokenizer.model", model)
    for family, listed in families.items():
        entries.append((f"kinvec.tokenizer.{family}.count", len(listed)))
        for i, stage in enumerate(listed):
            entries += flatten(f"kinvec.tokenizer.{family}.{i}", {"type": stage} if isinstance(stage, str) else stage)
    return entries


def template(first, last, ids, type_id=0):
    def special(name, kind):
        return {"SpecialToken": {"id": name, "type_id": kind}}

    def sequence(name, kind):
        return {"Sequence": {"id": name, "type_id": kind}}

    head = [special(first, 0)] if first else []
    return {
        "type": "TemplateProcessing",
        "single": head + [sequence("A", 0), special(last, 0)],
        "pair": head + [sequence("A", 0), special(last, 0), sequence("B", type_id), special(last, type_id)],
        "special_tokens": [{"id": name, "ids": [i], "tokens": [name]} for name, i in ids.items()],
    }


def byte_alphabet():
    """The byte-level alphabet: a visible character for each byte."""
    visible = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    rest = [byte for byte in range(256) if byte not in visible]
    return {byte: chr(byte) for byte in visible} | {byte: chr(256 + i) for i, byte in enumerate(rest)}


def merged(base, merges):
    """A vocabulary of characters and what merges make of them."""
    return base + [merge.replace(" ", "") for merge in merges]


def charsmap(replacements):
    """SentencePiece's precompiled map: a double array of the keys, and the replacements."""
    targets, trie = b"", {}
    for source, target in sorted(replacements.items()):
        node = trie
        for byte in source.encode():
            node = node.setdefault(byte, {})
        node[None] = len(targets)
        targets += target.encode() + b"\0"
    units, used = [0] * 1024, {0}

    def place(node, at):
        labels = [0 if byte is None else byte for byte in node]
        base = next(b for b in range(1, 1024) if not used & {b ^ label for label in labels})
        used.update(base ^ label for label in labels)
        units[at] |= (at ^ base) << 10 | (256 if None in node else 0)
        for byte, child in node.items():
            if byte is None:
                units[base] = child | 1 << 31
            else:
                units[base ^ byte] |= byte
                place(child, base ^ byte)

    place(trie, 0)
    return struct.pack("<I", 4 * len(units)) + struct.pack(f"<{len(units)}I", *units) + targets


def main():
    folder = pathlib.Path(__file__).parent / "tokenizers"
    folder.mkdir(exist_ok=True)
    letters = [chr(c) for c in range(ord("a"), ord("z") + 1)]
    specials = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    words = specials + letters + ["##" + c for c in letters] + list("0123456789.,!?'-") + ["the", "##ing", "\u4e2d", "caf", "cafe"]
    write(folder, "wordpiece", stages(
        words,
        {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 20},
        added={token: SPECIAL | (LSTRIP if token == "[MASK]" else 0) for token in specials} | {"New Word": NORMALIZED | SINGLE_WORD | RSTRIP},
        normalizers=[{"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True, "strip_accents": None, "lowercase": True}],
        pre_tokenizers=["BertPreTokenizer"],
        post_processors=[{"type": "BertProcessing", "sep": ["[SEP]", 3], "cls": ["[CLS]", 2]}],
        decoders=[{"type": "WordPiece", "prefix": "##", "cleanup": True}],
    ))

    alphabet = list(byte_alphabet().values())
    merges = ["\u0120 t", "h e", "\u0120t he", "i n", "in g", "\u0120 \u0120", "1 2", "12 3", "\u00c3 \u00a9"]
    byte_level = {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": True}
    without_regex = byte_level | {"add_prefix_space": False, "use_regex": False}
    roberta = ["<s>", "<pad>", "</s>", "<unk>", *merged(alphabet, merges)]
    write(folder, "bpe_byte_level", stages(
        roberta,
        {"type": "BPE", "unk_token": "<unk>", "continuing_subword_prefix": "", "end_of_word_suffix": "", "fuse_unk": False, "byte_fallback": False},
        added={"<s>": SPECIAL, "</s>": SPECIAL, "<mask>": SPECIAL | LSTRIP},
        merges=merges,
        pre_tokenizers=[byte_level],
        post_processors=[{"type": "RobertaProcessing", "sep": ["</s>", 2], "cls": ["<s>", 0], "trim_offsets": True, "add_prefix_space": True}],
        decoders=[byte_level],
    ))
    contractions = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}"
    pattern = contractions + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"
    write(folder, "bpe_split", stages(
        merged(alphabet, merges),
        {"type": "BPE", "ignore_merges": True},
        added={"<|end|>": SPECIAL, "<|begin|>": SPECIAL},
        merges=merges,
        normalizers=["NFC"],
        pre_tokenizers=[{"type": "Split", "pattern": {"Regex": pattern}, "behavior": "Isolated", "invert": False}, without_regex],
        post_processors=[template(None, "<|end|>", {"<|end|>": len(alphabet) + len(merges)})],
        decoders=[without_regex],
    ))
    clip_merges = ["h e</w>", "t he</w>", "i n", "in g</w>"]
    write(folder, "bpe_end_of_word", stages(
        alphabet + [c + "</w>" for c in alphabet] + [merge.replace(" ", "") for merge in clip_merges],
        {"type": "BPE", "unk_token": "!", "end_of_word_suffix": "</w>"},
        added={"<|endoftext|>": SPECIAL},
        merges=clip_merges,
        normalizers=["NFKC", {"type": "Replace", "pattern": {"Regex": "\\s+"}, "content": " "}, "Lowercase"],
        pre_tokenizers=[{"type": "Split", "pattern": {"Regex": "\\p{L}+|\\p{N}|[^\\s\\p{L}\\p{N}]+"}, "behavior": "Removed", "invert": True}, without_regex],
        decoders=[{"type": "BPEDecoder", "suffix": "</w>"}, byte_level],
    ))
    byte_tokens = [f"<0x{byte:02X}>" for byte in range(256)]
    llama_merges = [f"{METASPACE} t", "h e", f"{METASPACE}t he", "l o"]
    write(folder, "bpe_byte_fallback", stages(
        merged(["<unk>", "<s>", "</s>", *byte_tokens, METASPACE, *letters], llama_merges),
        {"type": "BPE", "unk_token": "<unk>", "fuse_unk": True, "byte_fallback": True},
        added={"<unk>": SPECIAL, "<s>": SPECIAL, "</s>": SPECIAL, "<new>": NORMALIZED},
        merges=llama_merges,
        normalizers=[{"type": "Prepend", "prepend": METASPACE}, {"type": "Replace", "pattern": {"String": " "}, "content": METASPACE}],
        post_processors=[template("<s>", "</s>", {"<s>": 1, "</s>": 2}, 1)],
        decoders=[{"type": "Replace", "pattern": {"String": METASPACE}, "content": " "}, "ByteFallback", "Fuse", {"type": "Strip", "content": " ", "start": 1, "stop": 0}],
    ))

    pieces = ["<s>", "<pad>", "</s>", "<unk>", METASPACE, *letters, METASPACE + "the", "ing", "cafe", "\u4e2d\u6587", "aa", "aaa", "aaaa"]
    scores = [0.0] * 4 + [-2.0] + [-4.0 - i / 8 for i in range(len(pieces) - 5)]
    metaspace = {"type": "Metaspace", "replacement": METASPACE, "prepend_scheme": "always", "split": True}
    precompiled = {"type": "Precompiled", "precompiled_charsmap": charsmap({"\u00e9": "e", "e\u0301": "e", "\u3000": " ", "\ufb01": "fi", "\u200b": "", "A": "a", "\n": " "})}
    write(folder, "unigram", stages(
        pieces,
        {"type": "Unigram", "unk_id": 3, "byte_fallback": False},
        added={"<s>": SPECIAL, "<pad>": SPECIAL, "</s>": SPECIAL, "<unk>": SPECIAL, "<mask>": SPECIAL | LSTRIP},
        scores=scores,
        normalizers=["Nmt", precompiled],
        pre_tokenizers=["WhitespaceSplit", metaspace],
        post_processors=[template("<s>", "</s>", {"<s>": 0, "</s>": 2})],
        decoders=[metaspace],
    ))
    byte_pieces = ["<unk>", *byte_tokens, METASPACE, *letters]
    write(folder, "unigram_byte_fallback", stages(
        byte_pieces,
        {"type": "Unigram", "unk_id": 0, "byte_fallback": True},
        scores=[0.0] * 257 + [-3.0 - i / 16 for i in range(27)],
        normalizers=["NFKD", {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": METASPACE}, {"type": "Strip", "strip_left": False, "strip_right": True}],
        pre_tokenizers=[metaspace | {"prepend_scheme": "first", "split": False}],
        decoders=["ByteFallback", metaspace | {"prepend_scheme": "never"}],
    ))

    write(folder, "word_level", stages(
        ["[UNK]", "[SEP]", "the", "cafe", "1", "2", ".", "|", "a", "b"],
        {"type": "WordLevel", "unk_token": "[UNK]"},
        added={"[SEP]": SPECIAL | SINGLE_WORD},
        normalizers=["NFD", "StripAccents", "Lowercase"],
        pre_tokenizers=["Whitespace", {"type": "Digits", "individual_digits": True}, {"type": "Punctuation", "behavior": "Isolated"}],
        post_processors=[template(None, "[SEP]", {"[SEP]": 1}, 1)],
        decoders=[{"type": "CTC", "pad_token": "[UNK]", "word_delimiter_token": "|", "cleanup": True}],
    ))
    write(folder, "characters", stages(
        ["?", "_", *letters],
        {"type": "BPE", "unk_token": "?", "continuing_subword_prefix": ""},
        added={"NOW": 0, " ": LSTRIP | RSTRIP},
        merges=[],
        normalizers=[{"type": "Strip", "strip_left": True, "strip_right": True}, {"type": "Replace", "pattern": {"String": "ab"}, "content": "b"}],
        pre_tokenizers=["UnicodeScripts", {"type": "CharDelimiterSplit", "delimiter": "x"}, {"type": "Split", "pattern": {"String": "aa"}, "behavior": "MergedWithNext", "invert": False}],
    ))

    upper, lower = "[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}", "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}"
    before = "[^\\r\\n\\p{L}\\p{N}]?"
    for name, end, after in (("cased", "]", ""), ("cased_contractions", "]", "(?i:'s|'t|'re|'ve|'m|'ll|'d)?"), ("cased_han", "&&[^\\p{Han}]]", "(?i:'s|'t|'re|'ve|'m|'ll|'d)?")):
        words = f"{before}{upper}{end}*{lower}{end}+{after}|{before}{upper}{end}+{lower}{end}*{after}"
        han = "[\\p{Han}]+|" if name == "cased_han" else ""
        write(folder, f"bpe_{name}", stages(
            merged(alphabet, merges),
            {"type": "BPE", "ignore_merges": False},
            merges=merges,
            pre_tokenizers=[{"type": "Split", "pattern": {"Regex": f"{han}{words}|\\p{{N}}{{1,3}}| ?[^\\s\\p{{L}}\\p{{N}}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"}, "behavior": "Removed", "invert": True}, without_regex],
            decoders=[without_regex],
        ))
    patterns = ["'(?:[sdmt]|ll|ve|re)|'(?i:[sdmt]|ll|ve|re)", "\\d{1,3}(?=(?:\\d{3})*\\b)", "(?:\\r?\\n)+(?!\\r?\\n)", "[\u4e00-\u9fa5\u3040-\u309f]+", "\\s+$", "a{2,3}b?[\\w\\u0020-]*"]
    write(folder, "bpe_many_splits", stages(
        merged(alphabet, merges),
        {"type": "BPE"},
        merges=merges,
        pre_tokenizers=[{"type": "Split", "pattern": {"Regex": pattern}, "behavior": behavior, "invert": False} for pattern, behavior in zip(patterns, ["MergedWithPrevious", "Isolated", "Contiguous", "Isolated", "MergedWithNext", "Isolated"])] + [without_regex],
        decoders=[without_regex],
    ))
    # Without pre-tokenizers a whole text is one word; the ranks of many merges are kept in levels.
    pairs = [f"{a} {b}" for a in letters[:12] for b in letters[:12]]
    write(folder, "bpe_one_word", stages(
        merged(alphabet, pairs),
        {"type": "BPE"},
        merges=pairs,
        normalizers=["ByteLevel"],
        decoders=[{"type": "Replace", "pattern": {"Regex": "a+"}, "content": "b"}, byte_level],
    ) + [
        ("kinvec.tokenizer.truncation.max_length", 8),
        ("kinvec.tokenizer.truncation.strategy", "OnlyFirst"),
        ("kinvec.tokenizer.truncation.direction", "Left"),
        ("kinvec.tokenizer.truncation.stride", 2),
    ])
    write(folder, "bpe_continuing", stages(
        ["[UNK]", *letters, *("##" + c for c in letters), "th", "##in"],
        {"type": "BPE", "unk_token": "[UNK]", "continuing_subword_prefix": "##"},
        merges=["t ##h", "##i ##n"],
        normalizers=["Lowercase"],
        pre_tokenizers=["WhitespaceSplit", {"type": "Punctuation", "behavior": "MergedWithPrevious"}, {"type": "Digits", "individual_digits": False}, {"type": "FixedLength", "length": 5}],
        decoders=[{"type": "WordPiece", "prefix": "##", "cleanup": True}],
    ))

    normal, unknown, control, user, unused = 1, 2, 3, 4, 5
    write(folder, "llama_gpt2", [
        ("tokenizer.ggml.model", "gpt2"),
        ("tokenizer.ggml.pre", "qwen2"),
        ("tokenizer.ggml.tokens", [*merged(alphabet, merges), "<|end|>", "<new>", "[PAD267]"]),
        ("tokenizer.ggml.token_type", [normal] * (len(alphabet) + len(merges)) + [control, user, unused]),
        ("tokenizer.ggml.merges", merges),
        ("tokenizer.ggml.eos_token_id", len(alphabet) + len(merges)),
        ("tokenizer.ggml.add_eos_token", True),
    ])
    write(folder, "llama_t5", [
        ("tokenizer.ggml.model", "t5"),
        ("tokenizer.ggml.tokens", pieces),
        ("tokenizer.ggml.token_type", [control] * 3 + [unknown] + [normal] * (len(pieces) - 4)),
        ("tokenizer.ggml.scores", scores),
        ("tokenizer.ggml.precompiled_charsmap", precompiled["precompiled_charsmap"]),
        ("tokenizer.ggml.add_space_prefix", True),
        ("tokenizer.ggml.remove_extra_whitespaces", True),
        ("tokenizer.ggml.unknown_token_id", 3),
        ("tokenizer.ggml.eos_token_id", 2),
        ("tokenizer.ggml.bos_token_id", 0),
        ("tokenizer.ggml.add_bos_token", True),
    ])
    write(folder, "llama_bert", [
        ("tokenizer.ggml.model", "bert"),
        ("tokenizer.ggml.tokens", specials + [METASPACE + c for c in letters] + letters + [METASPACE + "the", "ing"]),
        ("tokenizer.ggml.token_type", [control, unknown] + [control] * 3 + [normal] * (2 * len(letters) + 2)),
    ])


if __name__ == "__main__":
    main()
