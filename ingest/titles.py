"""Where the title of a printed entry ends and its source begins."""

import re

from ingest.journals import continues, is_abbreviated, is_journal, is_undotted, may_go_on

_STOP = re.compile(
    r"(?<=[.?!])[\"”’)\]]?\s+(?=[\w\"“(*])|(?<=[a-z)]\.)(?=[A-Z][A-Za-z.])|(?<=[a-z)][?!])(?=[A-Z])|(?<=\.)(?=[A-Z][a-z]+\.)"
)
_COMMA = re.compile(r",\s*(?=[A-Z])")
_SHORT = re.compile(r"[A-Z][A-Za-z]{1,11}\.")
_REMARK = re.compile(
    r"(?:Review|Reply|Overview|Editorial|Update|Commentary|Comment|Introduction|Abstract|Part|Letter|Response)\b"
)
_LEFT_OVER = ' .,;:"“”*_'


def parted(text: str, by_commas: bool = False) -> tuple[str, str]:
    """Title and name of the journal of a text that holds both; one of them is "" if there is but one.

    `by_commas` tells a style that may part them by a comma: "Title, J. Chem.".
    """
    text = text.strip(" .,;:")
    cut = _cut(text, _STOP)
    if by_commas:
        comma = _cut(text, _COMMA)
        cut = comma if _is_better(text, cut, comma) else cut
    if cut is None:
        alone = is_journal(text) and (by_commas or len(text.split()) <= 6)
        return ("", text) if alone else (bare(text), "")
    return bare(text[: cut[0]]), text[cut[1] :].strip(" .,;:(")


def bare(title: str) -> str:
    """A title without the punctuation that parts it from its neighbours; question and exclamation marks stay."""
    return title.strip(_LEFT_OVER)


def _cut(text: str, where: re.Pattern[str]) -> tuple[int, int] | None:
    """The last place that parts sentences and lies in no abbreviated name; None without any."""
    cuts = [found.span() for found in where.finditer(text)][-40:]
    if not cuts:
        return None
    at = len(cuts) - 1
    while at > 0 and _goes_on(text[cuts[at - 1][1] : cuts[at][0]], text[cuts[at][1] :]):
        at -= 1
    if at == 0 and is_abbreviated(text[: cuts[0][0]]) and is_journal(text) and len(text) < 60:
        return None
    return cuts[at]


def _goes_on(piece: str, name: str) -> bool:
    """Whether a piece between two stops belongs to the name behind it."""
    if piece.endswith(("?", "!")) or not piece:
        return False
    if is_abbreviated(piece) or (continues(name) and may_go_on(piece)):
        return True
    return bool(_SHORT.fullmatch(piece)) and not _REMARK.match(piece) and not is_undotted(name)


def _is_better(text: str, stop: tuple[int, int] | None, comma: tuple[int, int] | None) -> bool:
    """Whether a comma parts title and journal, not a full stop."""
    if comma is None:
        return False
    if stop is None:
        return True
    return comma[0] > stop[0] and is_journal(text[comma[1] :]) and not is_journal(text[stop[1] :])
