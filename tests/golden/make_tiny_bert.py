"""A BERT checkpoint small enough to commit, with random weights, and what transformers computes with it.

Writes tiny-bert/ (a Hugging Face folder as sentence-transformers publishes them) and tiny-bert.reference/:
vectors for twenty texts and three ways of pooling, every hidden state and attention matrix of two texts,
and the same weights as BF16 and F16 with their own vectors.
"""

import json
import shutil

import numpy as np
import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
from transformers import BertConfig, BertModel

from golden_files import HERE, write_array, write_json
from reference import ReferenceEncoder

FOLDER = HERE / "tiny-bert"
REFERENCE = HERE / "tiny-bert.reference"
MAX_TOKENS = 32
QUERY_PROMPT = "search for: "
CONFIG_KEYS = """model_type vocab_size hidden_size num_hidden_layers num_attention_heads intermediate_size hidden_act
max_position_embeddings type_vocab_size layer_norm_eps pad_token_id initializer_range""".split()
POOLINGS = ["mean", "cls", "last"]

WORDS = """the of and to in a is that for it as was with be by on not he his but at are this have from or had an they
which one you were her all she there would their we him been has when who will more no if out so said what up its about
into than them can only other new some could time these two may then do first any my now such like our over man me even
most made after also did many before must through back years where much your way well down should because each just
those people how too little good very make world still own see work long here get both between life being under never
day same another know while last might us great old year off come since against go came right used take three
tea cat dog rain music search captain pirate crew tale weather river sea ship sun moon star tree leaf bird fish bread
milk salt water fire stone road house door window garden red green blue black white small long open close read write
song dance word number city town field cloud storm wind snow spring
summer autumn winter north south east west hill lake""".split()
PIECES = "##s ##ed ##ing ##er ##ly ##es ##tion ##al ##ment ##ness ##able ##y ##est ##ful".split()
LETTERS = "abcdefghijklmnopqrstuvwxyz"
PUNCTUATION = ". , ! ? ' \" - : ; ( )".split()

TEXTS = [
    "tea",
    "the cat and the dog",
    "Rain is music!",
    "a captain against his crew",
    "searching for the pirate's tale",
    "Never the same river.",
    "123 people, 45 years",
    "ÜBER Café",
    "what is the weather like there?",
    "unknown 漢字 are split",
    "emoji \U0001f600 is not in the list",
    "[MASK] the river [SEP] again",
    "(between; under: over)",
    "worldly goodness, workable timing",
    "the the the the the the the the",
    "She came back after many years because they would never make the same tea again and so it was with the old man",
    "x",
    "",
    "y" * 120,
    "we go on and on " * 8,
]


def vocabulary() -> list[str]:
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    pieces += PUNCTUATION + list("0123456789") + list(LETTERS)
    pieces += [f"##{c}" for c in LETTERS + "0123456789"] + PIECES
    return list(dict.fromkeys(pieces + WORDS))[:300]


def write_tokenizer(vocab: list[str]) -> None:
    ids = {piece: i for i, piece in enumerate(vocab)}
    tokenizer = Tokenizer(models.WordPiece(ids, unk_token="[UNK]", max_input_chars_per_word=100))
    tokenizer.normalizer = normalizers.BertNormalizer(
        clean_text=True, handle_chinese_chars=True, strip_accents=None, lowercase=True
    )
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[(name, ids[name]) for name in ("[CLS]", "[SEP]")],
    )
    tokenizer.decoder = decoders.WordPiece(prefix="##")
    tokenizer.add_special_tokens(vocab[:5])
    tokenizer.save(str(FOLDER / "tokenizer.json"))
    (FOLDER / "vocab.txt").write_text("\n".join(vocab) + "\n", encoding="utf-8")
    special = {f"{kind.lower()}_token": f"[{kind}]" for kind in ("PAD", "UNK", "CLS", "SEP", "MASK")}
    write_json(FOLDER / "special_tokens_map.json", special)
    write_json(
        FOLDER / "tokenizer_config.json",
        {
            **special,
            "do_lower_case": True,
            "model_max_length": 64,
            "strip_accents": None,
            "tokenize_chinese_chars": True,
            "tokenizer_class": "BertTokenizer",
        },
    )


def write_settings() -> None:
    modules = [("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize")]
    write_json(
        FOLDER / "modules.json",
        [
            {"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.models.{kind}"}
            for i, (path, kind) in enumerate(modules)
        ],
    )
    (FOLDER / "1_Pooling").mkdir()
    write_json(
        FOLDER / "1_Pooling" / "config.json",
        {
            "word_embedding_dimension": 64,
            "pooling_mode_cls_token": False,
            "pooling_mode_mean_tokens": True,
            "pooling_mode_max_tokens": False,
            "pooling_mode_mean_sqrt_len_tokens": False,
        },
    )
    write_json(FOLDER / "sentence_bert_config.json", {"max_seq_length": MAX_TOKENS, "do_lower_case": False})
    write_json(
        FOLDER / "config_sentence_transformers.json",
        {"prompts": {"query": QUERY_PROMPT, "document": ""}, "default_prompt_name": None, "similarity_fn_name": "cosine"},
    )


def random_model(vocab_size: int) -> BertModel:
    """Weights wide enough that attention is far from uniform, with biases and norms that differ from their defaults."""
    torch.manual_seed(20)
    model = BertModel(
        BertConfig(
            vocab_size=vocab_size,
            hidden_size=64,
            num_hidden_layers=2,
            num_attention_heads=4,
            intermediate_size=128,
            max_position_embeddings=64,
            initializer_range=0.2,
        ),
        add_pooling_layer=False,
    )
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if name.endswith("bias"):
                parameter.normal_(0, 0.1)
            elif "LayerNorm" in name:
                parameter.normal_(1, 0.1)
    return model.eval()


def write_reference() -> None:
    encoder = ReferenceEncoder(FOLDER, MAX_TOKENS)
    for pooling in POOLINGS:
        write_array(REFERENCE / f"{pooling}.f32", np.stack([encoder.embed(text, pooling) for text in TEXTS]), "f4")
    write_array(REFERENCE / "query.f32", np.stack([encoder.embed(QUERY_PROMPT + text) for text in TEXTS]), "f4")
    traces = []
    for index in (3, 13):
        hidden, attention, tokens = encoder.forward(TEXTS[index])
        write_array(REFERENCE / f"hidden.{index}.f32", hidden, "f4")
        write_array(REFERENCE / f"attention.{index}.f32", attention, "f4")
        traces.append(
            {"index": index, "tokens": tokens, "hiddenShape": list(hidden.shape), "attentionShape": list(attention.shape)}
        )
    counts = [encoder.tokenize(text)["input_ids"].shape[1] for text in TEXTS]
    write_json(
        REFERENCE / "reference.json",
        {"dimensions": 64, "maxTokens": MAX_TOKENS, "texts": TEXTS, "tokenCounts": counts, "traces": traces},
    )
    for name, dtype in (("bf16", torch.bfloat16), ("f16", torch.float16)):
        rounded = {k: v.to(dtype).contiguous() for k, v in encoder.model.state_dict().items()}
        save_file(rounded, REFERENCE / f"model.{name}.safetensors", {"format": "pt"})
        encoder.model.load_state_dict({k: v.float() for k, v in rounded.items()})
        write_array(REFERENCE / f"mean.{name}.f32", np.stack([encoder.embed(text) for text in TEXTS]), "f4")


def main() -> None:
    for folder in (FOLDER, REFERENCE):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
    vocab = vocabulary()
    assert len(vocab) == len(set(vocab)) == 300, len(vocab)
    write_tokenizer(vocab)
    write_settings()
    model = random_model(len(vocab))
    config = model.config.to_dict()
    write_json(FOLDER / "config.json", {"architectures": ["BertModel"], **{key: config[key] for key in CONFIG_KEYS}})
    state = {k: v.contiguous() for k, v in model.state_dict().items() if not k.endswith("position_ids")}
    save_file(state, FOLDER / "model.safetensors", {"format": "pt"})
    write_reference()
    print(json.dumps({path.name: path.stat().st_size for path in sorted(FOLDER.iterdir())}))


if __name__ == "__main__":
    main()
