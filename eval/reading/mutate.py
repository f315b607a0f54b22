"""Make damaged copies of a file. The same random generator gives the same bytes."""

import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from io import BytesIO
from random import Random
from typing import Literal

from lxml import etree

GROWTH = 300_000
LONGEST_RUN = 20_000
RUNS: tuple[str, ...] = (
    *" \t\n-–.,;:*_#|&<>\"'\\$^~`0179aé中\x00\ufeff\u200b\u0301",
    *("(", "[", "{", ")", "]", "()", "[[", "[1", "[1,", "(1–", "1–2,", "<sup>", "<p>", "<sec><title>", "</p>", "&amp;"),
    *(
        "<xref>",
        "**a",
        "| a |",
        "|\n|",
        "# ",
        "![](",
        "[](",
        "$x$",
        "et al., ",
        "Li 2020; ",
        "1. ",
        "\n1. ",
        "10.1/",
        "A. ",
    ),
)
Kind = Literal["PDF", "XML", "HTML", "Word", "text"]
Change = Callable[[bytes, bytes, Random], bytes]


def mutate(data: bytes, other: bytes, kind: Kind, random: Random) -> tuple[bytes, tuple[str, ...]]:
    """A damaged copy of a file, and the names of its one to four changes, in order.

    `other` is a file of the same kind to splice from. The copy is at most 300,000 bytes longer than the larger of
    the two.
    """
    possible = random.choice(OF_KIND[kind])
    chosen = [random.choice(possible) for _ in range(random.choice((1, 1, 2, 4)))]
    limit = max(len(data), len(other)) + GROWTH
    for change in chosen:
        data = change(data, other, random)[:limit]
    return data, tuple(change.__name__ for change in chosen)


def _place(data: bytes, random: Random) -> int:
    return random.randint(0, len(data))


def _chunk(data: bytes, random: Random) -> tuple[int, int]:
    """Start and end of a piece, usually short, sometimes up to the whole."""
    start = _place(data, random)
    length = int(len(data) * random.random() ** random.choice((1, 4, 8))) + 1
    return start, min(len(data), start + length)


def flip_bits(data: bytes, _other: bytes, random: Random) -> bytes:
    """Flip 1 to 64 single bits."""
    changed = bytearray(data)
    for _ in range(random.randint(1, 64) if changed else 0):
        changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def overwrite(data: bytes, _: bytes, random: Random) -> bytes:
    """Replace up to 512 bytes by one byte repeated, or by random bytes."""
    start, length = _place(data, random), random.randint(1, 512)
    filled = random.choice((bytes(length), b"\xff" * length, random.randbytes(length)))
    return data[:start] + filled + data[start + length :]


def truncate(data: bytes, _: bytes, random: Random) -> bytes:
    """Cut off the end."""
    return data[: _place(data, random)]


def behead(data: bytes, _: bytes, random: Random) -> bytes:
    """Cut off the beginning."""
    return data[_place(data, random) :]


def delete(data: bytes, _: bytes, random: Random) -> bytes:
    """Delete a piece."""
    start, end = _chunk(data, random)
    return data[:start] + data[end:]


def duplicate(data: bytes, _: bytes, random: Random) -> bytes:
    """Repeat a piece up to 30 times."""
    start, end = _chunk(data, random)
    return data[:end] + data[start:end] * random.choice((1, 2, 30)) + data[end:]


def move(data: bytes, _: bytes, random: Random) -> bytes:
    """Copy a piece over another place."""
    start, end = _chunk(data, random)
    at = _place(data, random)
    return data[:at] + data[start:end] + data[at + end - start :]


def graft(data: bytes, other: bytes, random: Random) -> bytes:
    """Insert a piece of the other file."""
    start, end = _chunk(other, random)
    at = _place(data, random)
    return data[:at] + other[start:end] + data[at:]


def cross(data: bytes, other: bytes, random: Random) -> bytes:
    """Join the beginning of one file to the end of the other."""
    return data[: _place(data, random)] + other[_place(other, random) :]


def repeat_lines(data: bytes, _: bytes, random: Random) -> bytes:
    """Repeat one to five lines up to 300 times."""
    lines = data.splitlines(keepends=True)
    start = random.randint(0, len(lines))
    again = lines[start : start + random.randint(1, 5)] * random.choice((1, 20, 300))
    return b"".join([*lines[:start], *again, *lines[start:]])


def shuffle_lines(data: bytes, _: bytes, random: Random) -> bytes:
    """Shuffle all lines."""
    lines = data.splitlines(keepends=True)
    random.shuffle(lines)
    return b"".join(lines)


def join_lines(data: bytes, _: bytes, random: Random) -> bytes:
    """Join up to 200 lines into one."""
    lines = data.splitlines(keepends=True)
    start = random.randint(0, len(lines))
    end = start + random.randint(2, 200)
    return b"".join([*lines[:start], b" ".join(line.strip() for line in lines[start:end]), *lines[end:]])


def insert_run(data: bytes, _: bytes, random: Random) -> bytes:
    """Insert a sign, bracket, digit or tag, repeated up to 20,000 times."""
    at = _place(data, random)
    length = random.choice((3, 40, 1000, LONGEST_RUN))
    return data[:at] + random.choice(RUNS).encode() * random.randint(1, length) + data[at:]


def rearrange(data: bytes, _other: bytes, random: Random) -> bytes:
    """Remove, repeat, move, nest, rename or fill up to 30 XML elements; no change if it isn't XML."""
    return _rearranged(data, etree.XMLParser(resolve_entities=False, no_network=True), random)


def rearrange_page(data: bytes, _other: bytes, random: Random) -> bytes:
    """Do the same with the elements of a web page."""
    return _rearranged(data, etree.HTMLParser(encoding="utf-8", no_network=True), random)


def _rearranged(
    data: bytes, parser: "etree.XMLParser[etree._Element] | etree.HTMLParser[etree._Element]", random: Random
) -> bytes:
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return data
    if root is None:
        return data
    for _ in range(random.choice((1, 5, 30))):
        elements = [element for element in root.iter() if isinstance(element.tag, str)]
        one, two = random.choice(elements), random.choice(elements)
        random.choice((_remove, _repeat, _move, _nest, _rename, _exchange, _fill, _fill))(one, two, random)
    return bytes(etree.tostring(root))


def rearrange_part(data: bytes, _other: bytes, random: Random) -> bytes:
    """Rearrange the elements of a part of a Word document, mostly of its text; no change if it can't be unpacked."""
    return _repacked(data, random, lambda part: rearrange(part, b"", random))


def damage_part(data: bytes, _other: bytes, random: Random) -> bytes:
    """Damage the bytes of a part of a Word document, mostly of its text."""
    change = random.choice((*CHANGES, *TEXT_CHANGES))
    return _repacked(data, random, lambda part: change(part, part, random))


def _repacked(data: bytes, random: Random, change: Callable[[bytes], bytes]) -> bytes:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError):
        return data
    if not parts:
        return data
    texts = [name for name in parts if name.endswith("document.xml")] or list(parts)
    chosen = random.choice([*texts * 4, *parts])
    parts[chosen] = change(parts[chosen])
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _remove(one: etree._Element, _two: etree._Element, _random: Random) -> None:
    parent = one.getparent()
    if parent is not None:
        parent.remove(one)


def _repeat(one: etree._Element, _two: etree._Element, random: Random) -> None:
    parent = one.getparent()
    size = sum(1 for _ in one.iter())
    if parent is not None:
        for _ in range(min(random.choice((1, 10, 200)), max(1, 2000 // size))):
            parent.insert(parent.index(one), deepcopy(one))


def _move(one: etree._Element, two: etree._Element, _random: Random) -> None:
    if one.getparent() is not None and one not in two.iterancestors() and one is not two:
        two.append(one)


def _nest(one: etree._Element, _two: etree._Element, random: Random) -> None:
    for _ in range(random.choice((1, 1, 1, 5, 5, 150))):
        inner = etree.Element(one.tag, dict(one.attrib))
        inner.extend(list(one))
        inner.text, one.text = one.text, None
        one.append(inner)


def _rename(one: etree._Element, two: etree._Element, _random: Random) -> None:
    one.tag = two.tag


def _exchange(one: etree._Element, two: etree._Element, _random: Random) -> None:
    one.text, two.text = two.text, one.text
    for name, value in two.attrib.items():
        one.set(name, value)


def _fill(one: etree._Element, two: etree._Element, random: Random) -> None:
    run = random.choice(RUNS).replace("\x00", "0") * random.randint(1, random.choice((3, 40, 1000, LONGEST_RUN)))
    text = two.text or ""
    at = random.randint(0, len(text))
    one.text = text[:at] + run + text[at:]


CHANGES: Sequence[Change] = (flip_bits, overwrite, truncate, behead, delete, duplicate, move, graft, cross)
TEXT_CHANGES: Sequence[Change] = (repeat_lines, shuffle_lines, join_lines, insert_run)
# Random bytes seldom leave XML that parses, so most mutants of XML change whole elements.
OF_KIND: Mapping[Kind, Sequence[Sequence[Change]]] = {
    "PDF": (CHANGES,),
    "XML": ((*CHANGES, *TEXT_CHANGES), (rearrange,), (rearrange,)),
    "HTML": ((*CHANGES, *TEXT_CHANGES), (*TEXT_CHANGES,), (rearrange_page,)),
    "Word": (CHANGES, (rearrange_part,), (rearrange_part,), (damage_part,)),
    "text": ((*CHANGES, *TEXT_CHANGES, *TEXT_CHANGES),),
}
