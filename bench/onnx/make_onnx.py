"""Exports all-MiniLM-L6-v2 to ONNX and quantises it as transformers.js's conversion scripts do for a BERT model:
dynamic int8, weights per channel and reduced to 7 bits.

    python make_onnx.py CHECKPOINT_FOLDER OUTPUT.onnx
"""

import sys
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from transformers import BertModel

INPUTS = ["input_ids", "attention_mask", "token_type_ids"]
OUTPUT = "last_hidden_state"


class TokenStates(torch.nn.Module):
    """The encoder with the additive attention mask of the published exports."""

    def __init__(self, model: BertModel):
        super().__init__()
        self.model = model

    def forward(self, input_ids, attention_mask, token_type_ids):
        mask = (1.0 - attention_mask[:, None, None, :].to(torch.float32)) * torch.finfo(torch.float32).min
        hidden = self.model.embeddings(input_ids=input_ids, token_type_ids=token_type_ids)
        return self.model.encoder(hidden, attention_mask=mask)[0]


def main(checkpoint: str, out: str) -> None:
    model = BertModel.from_pretrained(checkpoint, attn_implementation="eager", add_pooling_layer=False).eval()
    ids = torch.ones(2, 12, dtype=torch.long)
    axes = {name: {0: "batch_size", 1: "sequence_length"} for name in [*INPUTS, OUTPUT]}
    with tempfile.TemporaryDirectory() as folder:
        fp32 = str(Path(folder) / "model.onnx")
        torch.onnx.export(
            TokenStates(model).eval(),
            (ids, torch.ones_like(ids), torch.zeros_like(ids)),
            fp32,
            input_names=INPUTS,
            output_names=[OUTPUT],
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(fp32, out, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
