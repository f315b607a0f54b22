"""Change a quotation as word processors, PDF viewers and careful authors do: nothing that alters what it says."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from random import Random

Change = Callable[[str, Random], str]

_LIGATURES = {"ffi": "ﬃ", "ffl": "ﬄ", "ff": "ﬀ", "fi": "ﬁ", "fl": "ﬂ"}
_SPACES = ("\u00a0", "\u2009", "\u202f", "  ", "\n", " \n ", "\t")
_DASHES = "-‐‑–—−"
_DASHED = re.compile(f"[{_DASHES}]")
_LONG = re.compile(r"(?<![\w'’-])[^\W\d_]{7,}(?![\w'’-])")
_MARKER = re.compile(r"\s?(?:\(\d[\d,\s–-]*\)|\[\d[\d,\s–-]*\])")
_RAISED = re.compile("(?<=[a-z]{3})[⁰¹²³⁴⁵⁶⁷⁸⁹]+(?:[,–-][⁰¹²³⁴⁵⁶⁷⁸⁹]+)*")
_FLAT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_LARGE = re.compile(r"(?<=[a-z] )\d{4,6}(?= [a-z])")
_GROUPED = re.compile(r"(?<![\d.,])(\d{1,3}),(\d{3})(?![\d.,])")


def spaces(text: str, random: Random) -> str:
    """Spaces of other kinds, doubled ones and line ends in place of some."""
    return "".join(random.choice(_SPACES) if c == " " and random.random() < 0.3 else c for c in text)


def dashes(text: str, random: Random) -> str:
    """Hyphens, dashes and minus signs of one kind."""
    return _DASHED.sub(random.choice(_DASHES), text)


def ligatures(text: str, _: Random) -> str:
    """ "fi" and its like as one character."""
    for letters, ligature in _LIGATURES.items():
        text = text.replace(letters, ligature)
    return text


def soft_hyphens(text: str, random: Random) -> str:
    """Soft hyphens in some long words."""
    return _LONG.sub(lambda word: _cut(word.group(), "\u00ad", random), text)


def line_ends(text: str, random: Random) -> str:
    """One long word broken at the end of a line."""
    return _at_one(_LONG, text, random, lambda word: _cut(word, random.choice(("-\n", "- ", "‐\n")), random))


def quotation_marks(text: str, random: Random) -> str:
    """Quotation marks and apostrophes straight, or curly."""
    if random.random() < 0.5:
        return re.sub("[’‘]", "'", re.sub("[“”]", '"', text))
    return re.sub(r"'", "’", re.sub(r'"([^"]*)"', "“\\1”", text))


def unicode_forms(text: str, random: Random) -> str:
    """Letters and their accents apart, or figures of full width."""
    if random.random() < 0.5:
        return unicodedata.normalize("NFD", text)
    return "".join(chr(ord(c) + 0xFEE0) if c in "0123456789%" else c for c in text)


def left_out(text: str, random: Random) -> str:
    """Dots in place of some words in the middle; short texts stay."""
    words = text.split(" ")
    if len(words) < 12:
        return text
    first = random.randint(4, len(words) - 8)
    last = random.randint(first + 1, len(words) - 4)
    return " ".join([*words[:first], random.choice(("…", "...", "[…]", "[...]", "(...)", ". . .")), *words[last:]])


def inserted(text: str, random: Random) -> str:
    """An insertion in square brackets between two words."""
    words = text.split(" ")
    at = random.randint(1, len(words) - 1)
    return " ".join([*words[:at], random.choice(("[sic]", "[emphasis\u00a0added]", "[in\u00a0mice]")), *words[at:]])


def first_letter(text: str, random: Random) -> str:
    """The first letter as capital or not, perhaps in brackets."""
    turned = text[0].swapcase()
    return (f"[{turned}]" if random.random() < 0.5 and text[1:2].isalpha() else turned) + text[1:]


def markers(text: str, random: Random) -> str:
    """Markers left out, with the other kind of brackets, or superscripts as plain figures."""
    if random.random() < 0.6:
        return _RAISED.sub("", _MARKER.sub("", text))
    turned = str.maketrans("()[]", "[]()")
    swapped = _MARKER.sub(lambda marker: marker.group().translate(turned), text)
    return _RAISED.sub(lambda marker: marker.group().translate(_FLAT), swapped)


def separators(text: str, random: Random) -> str:
    """Thousands set apart otherwise, decimal points raised."""
    text = _GROUPED.sub(lambda found: found[1] + random.choice(("", "\u202f", "\u00a0")) + found[2], text)
    text = _LARGE.sub(_grouped, text) if not re.search(r"\b(?:19|20)\d\d\b", text) else text
    return re.sub(r"(?<=\d)\.(?=\d)", random.choice((".", "·")), text)


def _grouped(found: re.Match[str]) -> str:
    return f"{found.group()[:-3]},{found.group()[-3:]}"


def _cut(word: str, mark: str, random: Random) -> str:
    at = random.randint(2, len(word) - 3)
    return word[:at] + mark + word[at:]


def _at_one(pattern: re.Pattern[str], text: str, random: Random, change: Callable[[str], str]) -> str:
    found = list(pattern.finditer(text))
    if not found:
        return text
    match = random.choice(found)
    return text[: match.start()] + change(match.group()) + text[match.end() :]


# In this order: what looks for words and markers comes before what takes them apart.
CHANGES: Mapping[str, Change] = {
    "markers": markers,
    "separators": separators,
    "inserted": inserted,
    "left out": left_out,
    "first letter": first_letter,
    "quotation marks": quotation_marks,
    "line ends": line_ends,
    "soft hyphens": soft_hyphens,
    "ligatures": ligatures,
    "dashes": dashes,
    "spaces": spaces,
    "Unicode forms": unicode_forms,
}


def changed(text: str, random: Random, most: int = 4) -> tuple[str, tuple[str, ...]]:
    """The text with one to `most` kinds of change that do change it, and their names; none where nothing changes."""
    names = list(CHANGES)
    random.shuffle(names)
    wanted = random.randint(1, most)
    done: list[str] = []
    for name in names:
        if len(done) < wanted and CHANGES[name](text, Random(0)) != text:  # noqa: S311 - nothing secret
            done.append(name)
    for name in sorted(done, key=list(CHANGES).index):
        text = CHANGES[name](text, random)
    return text, tuple(done)
