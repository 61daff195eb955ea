"""Blocks of every ggml weight type that is read, and the values that the reference `gguf` package gives them.

Writes quants/<TYPE>.blocks (the encoded bytes) and quants/<TYPE>.f32 (the decoded values). Types that the package can
encode hold real encodings of random rows and then random bit patterns; the K types, which it only decodes, hold random
bit patterns with sane scales. Each ends with extremes: all codes lowest, all highest, negative, tiny and zero scales.
"""

import numpy as np
from gguf import GGML_QUANT_SIZES, GGMLQuantizationType as Type
from gguf.quants import dequantize, quantize

from golden_files import HERE, write_array, write_json

# Where the float16 scales lie in a block: byte offsets.
SCALES = {
    Type.Q8_0: [0],
    Type.Q4_0: [0],
    Type.Q4_1: [0, 2],
    Type.Q5_0: [0],
    Type.Q5_1: [0, 2],
    Type.Q4_K: [0, 2],
    Type.Q5_K: [0, 2],
    Type.Q6_K: [208],
}
ENCODABLE = {Type.Q8_0, Type.Q4_0, Type.Q4_1, Type.Q5_0, Type.Q5_1}
EXTREME_SCALES = [0.0, -0.0, 1.0, -1.0, 65504.0, -65504.0, 2.0**-14, 2.0**-24, -(2.0**-24), 0.333251953125]


def put_scales(blocks: np.ndarray, offsets: list[int], scales: np.ndarray) -> None:
    """Writes scales [n_blocks, n_offsets] into blocks [n_blocks, block_bytes]."""
    for column, offset in enumerate(offsets):
        blocks[:, offset : offset + 2] = scales[:, column].astype("<f2").reshape(-1, 1).view(np.uint8)


def block_type(kind: Type, random: np.random.Generator) -> np.ndarray:
    """Encoded bytes [n_blocks, block_bytes] of one block type."""
    values, size = GGML_QUANT_SIZES[kind]
    offsets = SCALES[kind]
    parts = []
    if kind in ENCODABLE:
        rows = random.normal(0, 0.05, (8, values)).astype(np.float32)
        rows[1] *= 100
        rows[2] = 0
        rows[3, 5] = 3.0
        parts.append(quantize(rows, kind).reshape(8, size))
    patterns = random.integers(0, 256, (8, size), dtype=np.uint8)
    put_scales(patterns, offsets, random.normal(0, 0.01, (8, len(offsets))))
    parts.append(patterns)
    for fill in (0x00, 0xFF):
        extremes = np.full((len(EXTREME_SCALES), size), fill, dtype=np.uint8)
        scales = np.array(EXTREME_SCALES)
        put_scales(extremes, offsets, np.stack([np.roll(scales, 3 * i) for i in range(len(offsets))], axis=1))
        parts.append(extremes)
    return np.concatenate(parts)


def float_type(kind: Type, random: np.random.Generator) -> np.ndarray:
    """64 values as float16 or bfloat16: random ones, then every kind of finite special case and infinity."""
    if kind == Type.F16:
        special = [0x0000, 0x8000, 0x0001, 0x8001, 0x03FF, 0x0400, 0x3C00, 0xBC00, 0x7BFF, 0xFBFF, 0x7C00, 0xFC00]
    else:
        special = [0x0000, 0x8000, 0x0001, 0x007F, 0x0080, 0x3F80, 0xBF80, 0x7F7F, 0xFF7F, 0x7F80, 0xFF80, 0x4049]
    codes = random.integers(0, 0x7000, 64 - len(special), dtype=np.uint16)
    return np.concatenate([codes, np.array(special, dtype=np.uint16)]).astype("<u2").view(np.uint8).reshape(1, -1)


def main() -> None:
    out = HERE / "quants"
    out.mkdir(exist_ok=True)
    random = np.random.default_rng(7)
    counts = {}
    for kind in [Type.F16, Type.BF16, *SCALES]:
        encoded = block_type(kind, random) if kind in SCALES else float_type(kind, random)
        raw = encoded.view(np.float16) if kind == Type.F16 else encoded
        values = dequantize(raw, kind)
        write_array(out / f"{kind.name}.blocks", encoded, "u1")
        write_array(out / f"{kind.name}.f32", values, "f4")
        counts[kind.name] = {"type": int(kind), "values": values.size}
    write_json(out / "quants.json", counts)
    print(counts)


if __name__ == "__main__":
    main()
