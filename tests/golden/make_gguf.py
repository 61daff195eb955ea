"""Writes a BERT checkpoint folder as GGUF with the reference `gguf` package, laid out as llama.cpp's converter does.

    python make_gguf.py CHECKPOINT_FOLDER OUTPUT.gguf TYPE        TYPE: F32, F16, BF16, Q8_0, Q4_0, Q4_1, Q5_0 or Q5_1

Needs numpy and gguf only (requirements-gguf.txt).
"""

import json
import sys
from pathlib import Path

import gguf
import numpy as np

FILE_TYPES = {
    "F32": gguf.LlamaFileType.ALL_F32,
    "F16": gguf.LlamaFileType.MOSTLY_F16,
    "BF16": gguf.LlamaFileType.MOSTLY_BF16,
    "Q8_0": gguf.LlamaFileType.MOSTLY_Q8_0,
    "Q4_0": gguf.LlamaFileType.MOSTLY_Q4_0,
    "Q4_1": gguf.LlamaFileType.MOSTLY_Q4_1,
    "Q5_0": gguf.LlamaFileType.MOSTLY_Q5_0,
    "Q5_1": gguf.LlamaFileType.MOSTLY_Q5_1,
}


def read_safetensors(path: Path) -> dict[str, np.ndarray]:
    """The float32 tensors of a checkpoint, by name."""
    data = path.read_bytes()
    header_size = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + header_size])
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__" and entry["dtype"] == "F32":
            start, end = (8 + header_size + offset for offset in entry["data_offsets"])
            tensors[name] = np.frombuffer(data[start:end], dtype="<f4").reshape(entry["shape"])
    return tensors


def add_settings(writer: gguf.GGUFWriter, folder: Path, config: dict, file_type: gguf.LlamaFileType) -> None:
    writer.add_type(gguf.GGUFType.MODEL)
    writer.add_name(folder.name)
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_embedding_length(config["hidden_size"])
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_head_count(config["num_attention_heads"])
    writer.add_layer_norm_eps(config["layer_norm_eps"])
    writer.add_file_type(file_type)
    writer.add_causal_attention(False)
    pooling = json.loads((folder / "1_Pooling" / "config.json").read_text(encoding="utf-8"))
    mean = pooling["pooling_mode_mean_tokens"]
    writer.add_pooling_type(gguf.PoolingType.MEAN if mean else gguf.PoolingType.CLS)
    writer.add_quantization_version(gguf.GGML_QUANT_VERSION)


def add_vocabulary(writer: gguf.GGUFWriter, folder: Path, config: dict) -> None:
    """Pieces as llama.cpp stores them: a leading space mark instead of WordPiece's continuation mark."""
    tokenizer = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
    special = {token["content"] for token in tokenizer["added_tokens"] if token["special"]}
    pieces = sorted(tokenizer["model"]["vocab"], key=tokenizer["model"]["vocab"].get)
    tokens, types = [], []
    for piece in pieces:
        if piece in special:
            tokens.append(piece)
            types.append(gguf.TokenType.CONTROL)
        else:
            tokens.append(piece[2:] if piece.startswith("##") else "\u2581" + piece)
            types.append(gguf.TokenType.NORMAL)
    writer.add_token_type_count(config["type_vocab_size"])
    writer.add_tokenizer_model("bert")
    writer.add_tokenizer_pre("jina-v2-en")
    writer.add_token_list(tokens)
    writer.add_token_types(types)
    gguf.SpecialVocab(folder, n_vocab=len(tokens)).add_to_gguf(writer, quiet=True)


def add_tensors(writer: gguf.GGUFWriter, folder: Path, config: dict, kind: gguf.GGMLQuantizationType) -> None:
    """Matrices in `kind`; vectors, norms, positions and token types always as F32. The pooler is left out."""
    names = gguf.get_tensor_name_map(gguf.MODEL_ARCH.BERT, config["num_hidden_layers"])
    for name, values in read_safetensors(folder / "model.safetensors").items():
        name = name.removeprefix("bert.")
        if name.startswith("pooler."):
            continue
        new_name = names.get_name(name, try_suffixes=(".weight", ".bias"))
        keep = values.ndim == 1 or new_name.startswith(("position_embd", "token_types"))
        stored = gguf.GGMLQuantizationType.F32 if keep else kind
        writer.add_tensor(new_name, gguf.quants.quantize(values, stored), raw_dtype=stored)


def write_gguf(folder: Path, out: Path, kind: str) -> None:
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    writer = gguf.GGUFWriter(out, "bert")
    add_settings(writer, folder, config, FILE_TYPES[kind])
    add_vocabulary(writer, folder, config)
    add_tensors(writer, folder, config, gguf.GGMLQuantizationType[kind])
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[3] not in FILE_TYPES:
        sys.exit(__doc__)
    write_gguf(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
