"""Tell what glyphs without a character show, by the words and places that they stand in.

A code of a font shows the same everywhere, so all its places vote: for the one ligature that makes words of them, or
for a bullet if it always begins a line.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from ingest.pdf.file.fonts import CODES, FIRST_UNKNOWN, UNKNOWN

_LAST = FIRST_UNKNOWN + 255 * CODES
_GLYPH = f"[{chr(FIRST_UNKNOWN)}-{chr(_LAST)}{UNKNOWN}]"
_ANY = re.compile(_GLYPH)
_WORD = re.compile(r"[^\W\d_]+")
_BROKEN = re.compile(rf"(?<![^\W_])([^\W\d_]*)({_GLYPH})([^\W\d_]*)(?![\d_]|{_GLYPH})")
_LEADING = re.compile(rf"({_GLYPH})(?=\s|$)")
_LIGATURES = ("Th", "ffi", "ffl", "fi", "fl", "ff", "ft", "tt")
_BULLET = "•"
_FEWEST = 4
_FEWEST_LINES = 3
_SURE = 3
# In a document all of whose ligatures are unknown no other word tells what they are.
_COMMON = frozenset(
    """than that the their them then there therefore these they this those three through thus affect affected after
    benefit classification coefficient confirmed defined differ difference differences different difficult effect
    effective effects efficacy efficiency field fifth fig figure final finally find findings first five fixed flow flux
    fluid identified infection inflammation inflammatory influence influenced insufficient modification modified
    nonsignificant offer often profile reflect reflects scientific significance significant significantly specific
    specifically specificity stiff sufficient suffer suffering confidence confirm affinity filter fit fibre office
    official fluorescence conflict conflicts""".split()
)


def words_of(texts: Iterable[str]) -> frozenset[str]:
    """Return the words without unknown characters, and common ones with ligatures, in lower case."""
    return _COMMON.union(word.lower() for text in texts for word in _WORD.findall(text))


def shown_by(lines: Sequence[tuple[str, bool]]) -> dict[str, str]:
    """Return what each unknown glyph shows, the sign of an unknown one where nothing tells it.

    `lines`: texts, each with whether it begins a line.
    """
    held = {glyph for text, _ in lines for glyph in _ANY.findall(text)}
    if not held:
        return {}
    votes = _votes([text for text, _ in lines])
    total, leading = Counter[str](), Counter[str]()
    for text, begins in lines:
        total.update(_ANY.findall(text))
        if begins and (found := _LEADING.match(text)):
            leading[found[1]] += 1
    shown = {glyph: _chosen(votes[glyph]) for glyph in held if glyph != UNKNOWN}
    for glyph, character in shown.items():
        if not character and total[glyph] == leading[glyph] >= _FEWEST_LINES:
            shown[glyph] = _BULLET
    return {glyph: character or UNKNOWN for glyph, character in shown.items()}


def with_shown(text: str, shown: Mapping[str, str]) -> str:
    """Write what glyphs show instead of them."""
    return text if text.isascii() or not _ANY.search(text) else _ANY.sub(lambda m: shown.get(m[0], UNKNOWN), text)


def with_ligatures(text: str, words: frozenset[str]) -> str:
    """Words with one unknown character as the one ligature has them that makes a word of the document.

    "�is" is "This" where "this" occurs; a word that none makes, or two, stays.
    """
    if UNKNOWN not in text:
        return text
    return _BROKEN.sub(lambda found: _whole(found, words), text)


def _whole(found: re.Match[str], words: frozenset[str]) -> str:
    before, _, after = found.groups()
    fitting = _fitting(before, after, words)
    return before + fitting[0] + after if len(fitting) == 1 else found[0]


def _votes(texts: Sequence[str]) -> defaultdict[str, Counter[str]]:
    """Return for each glyph how many different words each ligature makes of those that it stands in."""
    words = words_of(texts)
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for before, glyph, after in {found.groups() for text in texts for found in _BROKEN.finditer(text)}:
        votes[glyph].update(fitting if len(fitting := _fitting(before, after, words)) == 1 else ())
    return votes


def _chosen(votes: Counter[str]) -> str:
    """Return the ligature that clearly has most votes, "" if none has."""
    (best, most), (_, second) = [*votes.most_common(2), ("", 0), ("", 0)][:2]
    return best if most >= _SURE * second else ""


def _fitting(before: str, after: str, words: frozenset[str]) -> list[str]:
    return [one for one in _LIGATURES if _fits(one, before, after) and (before + one + after).lower() in words]


def _fits(ligature: str, before: str, after: str) -> bool:
    """Tell whether a ligature may stand there. "Th" begins a word, others need letters: "�g" is no "fig"."""
    if ligature == "Th":
        return not before and after[:1].islower()
    return len(before + after) >= _FEWEST
