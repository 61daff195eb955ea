"""Random texts that look for trouble, the same ones as tests/js/random_texts.mjs makes.

Text number i depends on i alone.  The texts are JavaScript strings: a lone surrogate is in them, and is read as U+FFFD.
"""

import re

# Ranges of code points, both ends included, by the name of what they are.
RANGES = {
    "lower": [(0x61, 0x7A)],
    "ascii": [(0x20, 0x7E)],
    "latin": [(0x41, 0x7A), (0xA0, 0x24F), (0x1E00, 0x1EFF), (0x2C60, 0x2C7F), (0xA720, 0xA7FF)],
    "european": [(0x370, 0x58F), (0x10A0, 0x10FF), (0x13A0, 0x13FF), (0x1C80, 0x1CBF), (0x1F00, 0x1FFF), (0x2D00, 0x2D2F)],
    "eastern": [(0x590, 0x7FF), (0x900, 0xDFF), (0xE00, 0x109F), (0x1780, 0x18AF), (0xFB1D, 0xFDFF)],
    "ideograph": [(0x3000, 0x30FF), (0x3400, 0x3410), (0x4DB0, 0x9FFF), (0xF900, 0xFAFF), (0x2A6D0, 0x2A710), (0x2F800, 0x2FA1F)],
    "hangul": [(0x1100, 0x11FF), (0xAC00, 0xD7A3), (0xAC00, 0xAFFF)],
    "mark": [
        (0x300, 0x36F), (0x300, 0x345), (0x591, 0x5C7), (0x64B, 0x65F), (0x8D3, 0x8FF), (0x93C, 0x94D), (0xE38, 0xE4E), (0xF71, 0xF87),
        (0x1AB0, 0x1ACE), (0x1DC0, 0x1DFF), (0x20D0, 0x20F0), (0x302A, 0x302F), (0x3099, 0x309A), (0xFE20, 0xFE2F),
        (0x1D165, 0x1D172), (0x16FF0, 0x16FF1), (0x11938, 0x11943),
    ],
    "control": [
        (0x0, 0x20), (0x7F, 0xA0), (0xAD, 0xAD), (0x600, 0x605), (0x1680, 0x1680), (0x180E, 0x180E), (0x2000, 0x200F),
        (0x2028, 0x202F), (0x205F, 0x206F), (0x3000, 0x3000), (0xE000, 0xE00F), (0xFDD0, 0xFDD3), (0xFEFF, 0xFEFF),
        (0xFFF0, 0xFFFF), (0xE0000, 0xE007F), (0x10FFF0, 0x10FFFF),
    ],
    "punctuation": [(0x21, 0x2F), (0x3A, 0x40), (0x5B, 0x60), (0x7B, 0x7E), (0xA1, 0xBF), (0x2010, 0x205E), (0x3001, 0x3020), (0xFE30, 0xFE6F)],
    "emoji": [(0x1F300, 0x1F64F), (0x1F900, 0x1F9FF), (0x2600, 0x27BF)],
    "styled": [(0x1D400, 0x1D7FF), (0x1E900, 0x1E94B), (0x10400, 0x1044F), (0x118A0, 0x118DF), (0xFF01, 0xFF5E)],
    "surrogate": [(0xD800, 0xDFFF)],
    "any": [(0x0, 0xD7FF), (0xE000, 0xFFFF), (0x10000, 0x1FFFF), (0x10000, 0x10FFFF)],
}
SCRIPTS = [name for name in RANGES if name not in ("mark", "surrogate")]
PIECES = [
    "[MASK]", "[SEP]", "[CLS]", "[PAD]", "[UNK]", "[MASK", "[mask]", "[[SEP]]", "[ SEP]", "[unused1]", "##ing", "\U0001f469\u200d\U0001f469\u200d\U0001f467",
    "\u2764\ufe0f", "\U0001f1eb\U0001f1ee", "\U0001f44d\U0001f3fd", "\u0130stanbul", "\u03a3\u038a\u03a3\u03a5\u03a6\u039f\u03a3", "e\u0323\u0301", "\u1e69", "\u01d8",
    "don't", "U.S.A.", "naïve", "Straße", "3.14", "e-mail", "http://a.b/c?d=e&f=g", "unaffable", "embeddings", "hillclimbing",
]
WORDS = (
    "The of and to in is you that it he was for on are as with his they at be This have from or one had by word but not what all were "
    "We when your can said there use an each which she do how their if will up other about out many then them these so some her would "
    "international understanding environmental responsibility characteristics"
).split()
SEPARATORS = ["", "", " ", " ", " ", " ", "  ", "\n", "\t", "-", ", ", ". "]


class Random:
    """xorshift32; `below(n)` is the high end of the product of state and n."""

    def __init__(self, seed):
        self.state = (seed * 0x9E3779B9 + 0x6A09E667) & 0xFFFFFFFF or 1
        for _ in range(4):
            self.below(2)

    def below(self, n):
        x = self.state
        x ^= x << 13 & 0xFFFFFFFF
        x ^= x >> 17
        x ^= x << 5 & 0xFFFFFFFF
        self.state = x
        return x * n >> 32

    def choice(self, items):
        return items[self.below(len(items))]

    def character(self, name):
        first, last = self.choice(RANGES[name])
        return chr(first + self.below(last - first + 1))

    def characters(self, name, count):
        return "".join(self.character(name) for _ in range(count))


def _segment(random):
    kind = random.below(16)
    if kind < 4:
        return random.choice(WORDS)
    if kind < 9:
        script = random.choice(SCRIPTS)
        return random.characters(script, 1 + random.below(12))
    if kind < 11:
        return random.choice(PIECES)
    if kind < 13:
        base = random.character(random.choice(SCRIPTS))
        return base + random.characters("mark", 1 + random.below(6))
    if kind == 13:
        return random.character("surrogate")
    if kind == 14:
        return random.character("any")
    if random.below(8) > 0:
        return random.character("latin") + random.character("mark") + random.character("latin")
    unit = random.choice(["a", "xy", "\u00e9", "e\u0301", "\U0001f600", "\u0451", "\u1e69"])
    length = 90 + random.below(20)
    return unit * (length // (1 + random.below(2)))


def random_text(i):
    random = Random(i)
    text = ""
    for _ in range(1 + random.below(12)):
        text += _segment(random)
        text += random.choice(SEPARATORS)
    # Two surrogates may have met and make one character now.
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return re.sub("[\ud800-\udfff]", "\ufffd", text)
