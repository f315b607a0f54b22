"""Separate the title of a printed entry from its source."""

import re

from ingest.entries.journals import continues, is_abbreviated, is_journal, is_undotted, is_whole, may_go_on

_STOP = re.compile(
    r"(?<=[.?!])[\"”’)\]]?\s+(?=[\w\"“(*])|(?<=[a-z)]\.)(?=[A-Z][A-Za-z.])|(?<=[a-z)][?!])(?=[A-Z])|(?<=\.)(?=[A-Z][a-z]+\.)"
)
_COMMA = re.compile(r",\s*(?=[A-Z])")
_SHORT = re.compile(r"(?:[A-Z][A-Za-z]{1,12}\s){0,2}[A-Z][A-Za-z]{1,11}\.")
_WORD = re.compile(r"[A-Z][a-z]{1,11}\.")
_REMARK = re.compile(
    r"(?:Review|Reply|Overview|Editorial|Update|Commentary|Comment|Introduction|Abstract|Part|Letter|Response)\b"
)
_LEFT_OVER = ' .,;:"“”*_'


def parted(text: str, by_commas: bool = False, is_numbered: bool = False) -> tuple[str, str]:
    """Split a text into title and journal; one of them is "" if there is only one.

    `by_commas`: commas may separate them, as in "Title, J. Chem.". `is_numbered`: volume and pages follow, so that
    in such a style a lone name is the journal's.
    """
    text = text.strip(" .,;:")
    cut = _cut(text, by_commas)
    if cut is None and by_commas and is_numbered and len(text.split()) <= 5 and may_go_on(text):
        return "", text
    if cut is None:
        alone = is_journal(text) and len(text.split()) <= 6
        return ("", text) if alone else (bare(text), "")
    return bare(text[: cut[0]]), text[cut[1] :].strip(" .,;:(")


def bare(title: str) -> str:
    """Strip a title of surrounding punctuation; question and exclamation marks stay."""
    return title.strip(_LEFT_OVER)


def _cut(text: str, by_commas: bool) -> tuple[int, int] | None:
    """The last place that parts sentences, or clauses, and lies in no abbreviated name; None without any."""
    stops = [found.span() for found in _STOP.finditer(text)][-40:]
    commas = [found.span() for found in _COMMA.finditer(text)][-40:] if by_commas else []
    cuts = sorted({*stops, *commas})
    if not cuts:
        return None
    at = len(cuts) - 1
    while at > 0 and cuts[at] not in commas:
        piece, name = text[cuts[at - 1][1] : cuts[at][0]], text[cuts[at][1] :]
        if not _goes_on(piece, name, strictly=cuts[at - 1] in commas and not is_abbreviated(piece)):
            break
        at -= 1
    if at == 0 and cuts[0] in stops and is_abbreviated(text[: cuts[0][0]]) and is_journal(text) and len(text) < 60:
        return None
    return cuts[at]


def _goes_on(piece: str, name: str, strictly: bool) -> bool:
    """Whether a piece between two stops belongs to the name behind it."""
    if not piece or piece.endswith(("?", "!")):
        return False
    if is_abbreviated(piece) or (continues(name) and may_go_on(piece)):
        return True
    if strictly or _REMARK.match(piece) or is_undotted(name):
        return False
    if _WORD.fullmatch(piece) and not is_whole(name):
        return True
    return (". " in name or not is_journal(name)) and bool(_SHORT.fullmatch(piece))
