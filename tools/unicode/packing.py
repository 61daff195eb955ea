"""How tables are written: numbers in few bytes by adaptive arithmetic coding, which packed_reader.h (src/unicode) reads.

Each choice is coded bit by bit. The chance of a bit is learned from the bits coded before it in the same context, so
whatever is regular costs next to nothing. The contexts here and in the readers named below must be the same.
"""

CODE_POINT_COUNT = 0x110000
SURROGATES = range(0xD800, 0xE000)
HANGUL_SYLLABLES = range(0xAC00, 0xD7A4)
CODE_POINTS = [c for c in range(CODE_POINT_COUNT) if c not in SURROGATES]

CATEGORIES = "Lu Ll Lt Lm Lo Mn Mc Me Nd Nl No Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So Zs Zl Zp Cc Cf Co Cn".split()

RATES = [(2 << 16) // (2 * seen + 3) for seen in range(16)]  # at which chances are learned, of 1 << 16
IDEOGRAPHS = 0x3400  # where most characters are that others decompose to, and in no order
PAGE_BITS = 7

LOOKUP_PAGE_BITS = 8


class Bit:
    """The chance of one bit in one context."""

    def __init__(self):
        self.zero = 1 << 15  # of 1 << 16: the chance of a 0
        self.seen = 0


class Tree(dict):
    """The chances of the bits of a small number, the highest first, each in the context of those before it."""

    def __missing__(self, node):
        self[node] = Bit()
        return self[node]


class Number:
    """The chances of the bits of a number of any size: its length, then its highest bits. The lower ones are even."""

    def __init__(self):
        self.longer = Tree()
        self.digits = Tree()


class Writer:
    def __init__(self):
        self.low, self.range, self.shifts = 0, (1 << 32) - 1, 0

    def bit(self, chance, bit):
        bound = (self.range >> 16) * chance.zero
        rate = RATES[chance.seen]
        if bit:
            self.low, self.range = self.low + bound, self.range - bound
            chance.zero -= chance.zero * rate >> 16
        else:
            self.range = bound
            chance.zero += ((1 << 16) - chance.zero) * rate >> 16
        chance.seen = min(chance.seen + 1, len(RATES) - 1)
        while self.range < 1 << 24:
            self.low, self.range, self.shifts = self.low << 8, self.range << 8, self.shifts + 1

    def even_bits(self, value, count):
        for i in reversed(range(count)):
            self.bit(Bit(), value >> i & 1)

    def tree(self, tree, bits, value):
        node = 1
        for i in reversed(range(bits)):
            bit = value >> i & 1
            self.bit(tree[node], bit)
            node = node << 1 | bit

    def number(self, model, value):
        length = (value + 1).bit_length() - 1
        for i in range(length):
            self.bit(model.longer[i], 1)
        self.bit(model.longer[length], 0)
        for i in reversed(range(length)):
            node = (value + 1) >> (i + 1)
            self.bit(model.digits[min(length, 7), node] if node < 16 else Bit(), (value + 1) >> i & 1)

    def finish(self):
        """The bytes: of all numbers that mean the same the one with the fewest. The reader sees zeros after them."""
        for zeros in range(32, -1, -1):
            value = -(-self.low >> zeros) << zeros
            if value < self.low + self.range:
                return value.to_bytes(self.shifts + 4, "big").rstrip(b"\0")


class Contexts(dict):
    """A model of one kind for each context that comes up."""

    def __init__(self, kind):
        self.kind = kind

    def __missing__(self, key):
        self[key] = self.kind()
        return self[key]


def runs(values, begin=0, end=CODE_POINT_COUNT):
    """(first, count, value) of neighbours with equal values."""
    first = begin
    for c in range(begin + 1, end + 1):
        if c == end or values[c] != values[first]:
            yield first, c - first, values[first]
            first = c


def page_count(values):
    """Pages of a two-stage table (character_lookup.h), equal ones counted once."""
    size = 1 << LOOKUP_PAGE_BITS
    return len({tuple(values[start : start + size]) for start in range(0, len(values), size)})


def byte_array(name, data, comment):
    lines, line = [], " "
    for value in data:
        item = f" {value},"
        if len(line) + len(item) > 100:
            lines.append(line)
            line = " "
        line += item
    body = "\n".join([*lines, line])
    return f"// {comment}\ninline constexpr uint8_t {name}[{len(data)}] = {{\n{body}\n}};\n"


def packed_categories(categories):
    """For CategoryRuns (code_point_runs.h). `categories`: the number of the category of each code point."""
    writer, following, length = Writer(), Contexts(Tree), Contexts(Number)
    previous = CATEGORIES.index("Cn")
    for _, count, category in runs(categories):
        writer.tree(following[previous], 5, category)
        writer.number(length[category], count - 1)
        previous = category
    return writer.finish()


def packed_property(categories, values):
    """For CodePointRuns (code_point_runs.h). `values`: numbers below 256, of code points that are left out 0."""
    values = [values.get(c, 0) for c in range(CODE_POINT_COUNT)]
    writer, tree, length = Writer(), Tree(), Number()
    changes, unusual, other, ends = (Contexts(Bit) for _ in range(4))
    usual, previous, before = [0] * len(CATEGORIES), 0, 0
    for begin, size, category in runs(categories):
        end = begin + size
        for first, count, value in runs(values, begin, end):
            if first == begin:
                expected = usual[category]
                writer.bit(changes[category, previous != expected], value != previous)
                told = value == previous
                if not told and previous != expected:
                    writer.bit(unusual[category], value != expected)
                    told = value == expected
            else:
                writer.bit(other[category], value != before)
                told = value == before
            if not told:
                writer.tree(tree, 8, value)
            if end - first > 1:
                writer.bit(ends[category, first == begin], first + count != end)
                if first + count != end:
                    writer.number(length, count - 1)
            usual[category], previous, before = value, value, previous
    return writer.finish()


SAME, NEXT, OTHER_CASE, ANY, NONE = range(5)


def text_pages(*decompositions):
    """The parts of Unicode where pieces of decompositions are, but for ideographs."""
    pieces = {ord(ch) for texts in decompositions for text in texts.values() for ch in text}
    return sorted({piece >> PAGE_BITS for piece in pieces if piece < IDEOGRAPHS})


def packed_texts(texts, pages):
    """For DecompositionTexts (decomposition_texts.h). `texts`: what each character that decomposes becomes."""
    writer = Writer()
    lengths, kinds, page_trees, place_trees = (Contexts(Tree) for _ in range(4))
    far, forward, step, block = Contexts(Bit), Contexts(Bit), Number(), Tree()
    longest = max(map(len, texts.values()))
    models, kind_of = [0] * longest, [NONE] * longest
    last_char, last_length, last_forward = 0, 0, False
    for c, text in sorted(texts.items()):
        writer.tree(lengths[last_length], 5, len(text))
        context = NONE + (c == last_char + 1)
        for i, piece in enumerate(map(ord, text)):
            model = models[i]
            kind = {model: SAME, model + 1: NEXT, model ^ 0x20: OTHER_CASE}.get(piece, ANY)
            writer.tree(kinds[kind_of[i], context], 2, kind)
            if kind == ANY:
                from_far = model >= IDEOGRAPHS
                writer.bit(far[from_far], piece >= IDEOGRAPHS)
                if piece >= IDEOGRAPHS:
                    is_forward = model < piece < model + 0x1000
                    writer.bit(forward[last_forward], is_forward)
                    if is_forward:
                        writer.number(step, piece - model - 1)
                    else:
                        writer.tree(block, 8, piece >> 10)
                        writer.even_bits(piece & 0x3FF, 10)
                    last_forward = is_forward
                else:
                    page, model_page = pages.index(piece >> PAGE_BITS), model >> PAGE_BITS
                    near = pages.index(model_page) if model_page in pages else 0
                    writer.tree(page_trees[near], 6, page)
                    writer.tree(place_trees[page], PAGE_BITS, piece & 0x7F)
            models[i], kind_of[i], context = piece, kind, kind
        kind_of[len(text) :] = [NONE] * (longest - len(text))
        last_char, last_length = c, len(text)
    return writer.finish()
