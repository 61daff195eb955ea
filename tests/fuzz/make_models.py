"""Writes the small models that fuzzing starts from: tests/fuzz/models/<name>.gguf, one for each type of weights and for
each form that a file may have. Needs nothing but Python; writes the same bytes every time.
"""

import pathlib
import random
import struct

from make_tokenizers import METASPACE, entry, text

POSITIONS = 8
SMALL = struct.pack("<e", 0.01)


def q_k(head):
    """Super blocks of 256 values: two scales, then numbers of any value."""
    return lambda noise: SMALL + SMALL + noise(head)


# Type number, values in a block, and the bytes of a block.
TYPES = {
    "f32": (0, 1, lambda noise: struct.pack("<f", noise(1)[0] / 256 - 0.5)),
    "f16": (1, 1, lambda noise: struct.pack("<e", noise(1)[0] / 256 - 0.5)),
    "q4_0": (2, 32, lambda noise: SMALL + noise(16)),
    "q4_1": (3, 32, lambda noise: SMALL + SMALL + noise(16)),
    "q5_0": (6, 32, lambda noise: SMALL + noise(20)),
    "q5_1": (7, 32, lambda noise: SMALL + SMALL + noise(20)),
    "q8_0": (8, 32, lambda noise: SMALL + noise(32)),
    "q4_k": (12, 256, q_k(140)),
    "q5_k": (13, 256, q_k(172)),
    "q6_k": (14, 256, lambda noise: noise(208) + SMALL),
    "i8": (24, 1, lambda noise: noise(1)),
    "bf16": (30, 1, lambda noise: struct.pack("<f", noise(1)[0] / 256 - 0.5)[2:]),
}


def vocabulary():
    specials = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    return specials + [METASPACE + c for c in ["the", "c", "a", ",", "!", "b"]] + ["a", "t", "e"]


def metadata(hidden, intermediate):
    tokens = vocabulary()
    return [
        ("general.architecture", "bert"),
        ("general.name", "tiny"),
        ("bert.block_count", 1),
        ("bert.embedding_length", hidden),
        ("bert.feed_forward_length", intermediate),
        ("bert.attention.head_count", 2),
        ("bert.context_length", POSITIONS),
        ("bert.pooling_type", 1),
        ("tokenizer.ggml.model", "bert"),
        ("tokenizer.ggml.tokens", tokens),
        ("tokenizer.ggml.token_type", [3, 2, 3, 3, 3] + [1] * (len(tokens) - 5)),
        ("tokenizer.ggml.unknown_token_id", 1),
        ("tokenizer.ggml.cls_token_id", 2),
        ("tokenizer.ggml.seperator_token_id", 3),
    ]


def write(folder, name, weights, down=None, fused=False, extra=()):
    """`weights` is the type of all matrices, except for `down`, if given: that of one with long rows. Tensors of the same
    size share their bytes, to keep the file small."""
    hidden, intermediate = 32, 256 if down else 32
    noise = random.Random(1).randbytes
    section, places, records = b"", {}, []

    def add(tensor, kind, shape):
        nonlocal section
        number, values, block = TYPES[kind]
        count = 1
        for extent in shape:
            count *= extent
        if (kind, count) not in places:
            section += bytes(-len(section) % 32)
            places[kind, count] = len(section)
            section += b"".join(block(noise) for _ in range(count // values))
        records.append(text(tensor) + struct.pack(f"<I{len(shape)}QIQ", len(shape), *shape, number, places[kind, count]))

    def matrix(tensor, columns, rows, kind=weights):
        add(tensor + ".weight", kind, [columns, rows])
        if kind == "i8":
            add(tensor + ".scale", "f32", [rows])

    def norm(tensor):
        add(tensor + ".weight", "f32", [hidden])
        add(tensor + ".bias", "f32", [hidden])

    matrix("token_embd", hidden, len(vocabulary()))
    matrix("position_embd", hidden, POSITIONS)
    matrix("token_types", hidden, 1)
    norm("token_embd_norm")
    qkv = [("attn_qkv", 3 * hidden)] if fused else [(f"attn_{part}", hidden) for part in "qkv"]
    for part, rows in [*qkv, ("attn_output", hidden), ("ffn_up", intermediate)]:
        matrix("blk.0." + part, hidden, rows)
        add(f"blk.0.{part}.bias", "f32", [rows])
    matrix("blk.0.ffn_down", intermediate, hidden, down or weights)
    add("blk.0.ffn_down.bias", "f32", [hidden])
    norm("blk.0.attn_output_norm")
    norm("blk.0.layer_output_norm")
    if weights == "i8":
        for part, rows in (("attn_qkv", 3 * hidden), ("ffn_up", hidden)):
            add(f"blk.0.{part}.first_mean", "f32", [hidden])
            add(f"blk.0.{part}.first_bias", "f32", [rows])
    entries = metadata(hidden, intermediate) + list(extra)
    out = b"GGUF" + struct.pack("<IQQ", 3, len(records), len(entries))
    out += b"".join(entry(key, value) for key, value in entries) + b"".join(records)
    (folder / f"{name}.gguf").write_bytes(out + bytes(-len(out) % 32) + section)


def main():
    folder = pathlib.Path(__file__).parent / "models"
    folder.mkdir(exist_ok=True)
    for kind, (_, values, _) in TYPES.items():
        if values == 256:
            write(folder, kind, "q8_0", down=kind)
        else:
            write(folder, kind, kind)
    write(folder, "kinvec", "i8", fused=True, extra=[
        ("kinvec.version", 1),
        ("kinvec.max_tokens", 6),
        ("kinvec.normalize", False),
        ("kinvec.checksum", "xxh64:0123456789abcdef"),
        ("kinvec.matryoshka", [16, 8]),
        ("kinvec.probe.text", "a"),
        ("kinvec.probe.vector", [0.5, 0.25]),
    ])


if __name__ == "__main__":
    main()
