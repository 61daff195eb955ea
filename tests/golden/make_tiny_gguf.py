"""The tiny BERT as GGUF in llama.cpp's layout, one file per weight type, and the vectors each must give.

Writes tiny-bert.reference/gguf/<TYPE>.gguf and <TYPE>.f32 (mean pooling): transformers run on the weights that the reference `gguf`
package decodes from the file, so that nothing but the reading of the file is under test.
"""

import gguf
import numpy as np
import torch

from golden_files import HERE, write_array
from make_gguf import FILE_TYPES, write_gguf
from make_tiny_bert import FOLDER, MAX_TOKENS, REFERENCE, TEXTS
from reference import ReferenceEncoder


def decoded_weights(path) -> dict[str, torch.Tensor]:
    """Tensors by their GGUF name, decoded to float32 [out, in]."""
    return {
        tensor.name: torch.from_numpy(np.array(gguf.quants.dequantize(tensor.data, tensor.tensor_type)))
        for tensor in gguf.GGUFReader(path).tensors
    }


def main() -> None:
    encoder = ReferenceEncoder(FOLDER, MAX_TOKENS)
    out = REFERENCE / "gguf"
    out.mkdir(exist_ok=True)
    names = gguf.get_tensor_name_map(gguf.MODEL_ARCH.BERT, 2)
    for kind in FILE_TYPES:
        path = out / f"{kind}.gguf"
        write_gguf(FOLDER, path, kind)
        weights = decoded_weights(path)
        state = {
            name: weights[names.get_name(name, try_suffixes=(".weight", ".bias"))].reshape(value.shape)
            for name, value in encoder.model.state_dict().items()
        }
        encoder.model.load_state_dict(state)
        write_array(out / f"{kind}.f32", np.stack([encoder.embed(text) for text in TEXTS]), "f4")
        print(f"{path.relative_to(HERE)}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
