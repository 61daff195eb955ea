"""The reference encoder: PyTorch by way of `transformers`, in float32, with attention computed step by step
("eager") so that the attention matrices can be read, one text at a time so that padding plays no part.
"""

from pathlib import Path

import numpy as np
import torch
from transformers import AutoTokenizer, BertModel

CAPTAIN = (
    "The captain, against the suggestions of his crew, chose to save the pirate "
    "because he was touched by his tale"
)


class ReferenceEncoder:
    """A BERT checkpoint folder, run by transformers."""

    def __init__(self, folder: Path, max_tokens: int):
        self.tokenizer = AutoTokenizer.from_pretrained(folder)
        self.model = BertModel.from_pretrained(
            folder, attn_implementation="eager", add_pooling_layer=False, dtype=torch.float32
        ).eval()
        self.max_tokens = max_tokens

    def tokenize(self, text: str):
        return self.tokenizer(text, truncation=True, max_length=self.max_tokens, return_tensors="pt")

    @torch.no_grad()
    def forward(self, text: str):
        """hidden [layers + 1, n, hidden], attention [layers, heads, n, n], tokens [n]."""
        inputs = self.tokenize(text)
        out = self.model(**inputs, output_hidden_states=True, output_attentions=True)
        hidden = torch.cat(out.hidden_states).numpy()
        attention = torch.cat(out.attentions).numpy()
        return hidden, attention, self.tokenizer.convert_ids_to_tokens(inputs["input_ids"][0].tolist())

    @torch.no_grad()
    def embed(self, text: str, pooling: str = "mean") -> np.ndarray:
        """The L2-normalised sentence vector [hidden]."""
        hidden = self.model(**self.tokenize(text)).last_hidden_state[0]
        pooled = {"mean": hidden.mean(0), "cls": hidden[0], "last": hidden[-1]}[pooling]
        return torch.nn.functional.normalize(pooled, dim=0).numpy()

