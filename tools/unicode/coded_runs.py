"""How tables are written: runs of code points in few bytes, which CodePointRuns (code_point_table.h) reads."""

CODE_POINT_COUNT = 0x110000
SURROGATES = range(0xD800, 0xE000)
HANGUL_SYLLABLES = range(0xAC00, 0xD7A4)
CODE_POINTS = [c for c in range(CODE_POINT_COUNT) if c not in SURROGATES]


def leb128(number):
    coded = bytearray()
    while number >= 0x80:
        coded.append(number & 0x7F | 0x80)
        number >>= 7
    coded.append(number)
    return bytes(coded)


def coded_runs(values):
    """`values`: number of each code point that has one, 1 to 255."""
    coded, after = b"", 0
    points = sorted(values)
    start = 0
    for i, c in enumerate(points):
        following = points[i + 1] if i + 1 < len(points) else None
        if following == c + 1 and values[following] == values[c]:
            continue
        first = points[start]
        coded += leb128(first - after) + leb128(c - first) + bytes([values[c]])
        after, start = c + 1, i + 1
    return coded


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
