"""Vocabularies of byte-level BPE in the two forms packages carry them, as `vocab` and `merges` of a tokenizer.json."""

import base64


def byte_characters():
    """The printable character that stands for each of the 256 bytes (GPT-2's table)."""
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    characters = {byte: chr(byte) for byte in printable}
    others = [byte for byte in range(256) if byte not in characters]
    characters.update({byte: chr(0x100 + i) for i, byte in enumerate(others)})
    return [characters[byte] for byte in range(256)]


def characters_of(token):
    table = byte_characters()
    return "".join(table[byte] for byte in token)


def read_ranks(path):
    """A `.tiktoken` file: a token in Base64 and its id on each line, ids in the order in which they were merged."""
    ranks = {}
    for line in path.read_bytes().splitlines():
        if line:
            token, rank = line.split()
            ranks[base64.b64decode(token)] = int(rank)
    return ranks


def vocabulary_of_ranks(ranks):
    """
    `vocab` and `merges` as transformers' converter makes them: every way of cutting a token into two tokens is a
    merge, in the order of the tokens' ids, then of the ids of the two parts.
    """
    table = byte_characters()
    text = {token: "".join(table[byte] for byte in token) for token in ranks}
    merges = []
    for token, _ in sorted(ranks.items(), key=lambda item: item[1]):
        cuts = ((token[:i], token[i:]) for i in range(1, len(token)))
        parts = [(left, right) for left, right in cuts if left in ranks and right in ranks]
        parts.sort(key=lambda pair: (ranks[pair[0]], ranks[pair[1]]))
        merges += [[text[left], text[right]] for left, right in parts]
    return {text[token]: rank for token, rank in ranks.items()}, merges


def read_merges(lines):
    """Lines of `vocab.bpe`: two pieces and a blank between them."""
    return [list(line.split(" ")) for line in lines]
