"""Read a quotation as it is meant: places left out, insertions in brackets, words broken at the end of a line."""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from evqa.quoting.folding import Token, tokens

_AT_ENDS = frozenset(".,;:!?")
_FLATTENED = re.compile(r"([^\W\d_]+)(\d+)")


def quoted_tokens(text: str) -> list[Token]:
    """The tokens of a quotation: insertions in brackets are free, and each part may begin with a capital or not."""
    found = _parted(list(_insertions(list(_bracketed_letters(tokens(text))))))
    starts = {next((at for at, token in enumerate(found) if token.kind == "word"), 0)}
    starts |= {at + 1 for at, token in enumerate(found) if token.kind == "gap"}
    return [token._replace(is_any_case=True) if at in starts else token for at, token in enumerate(found)]


def _bracketed_letters(found: Sequence[Token]) -> Iterator[Token]:
    """ "[T]he" as one word."""
    at = 0
    while at < len(found):
        group = found[at : at + 4]
        forms = [token.form for token in group]
        is_word = len(group) == 4 and group[0].end == group[1].start and group[2].end == group[3].start
        if is_word and forms[0] == "[" and forms[2] == "]" and len(forms[1]) == 1 and group[3].kind == "word":
            yield Token(forms[1] + forms[3], group[0].start, group[3].end, "word", is_any_case=True)
            at += 4
        else:
            yield found[at]
            at += 1


def _insertions(found: Sequence[Token]) -> Iterator[Token]:
    """The tokens with those between square brackets free, the brackets too."""
    at = 0
    while at < len(found):
        end = at + 1
        if found[at].form == "[":
            closing = (place for place in range(at, len(found)) if found[place].form == "]")
            end = next(closing, at) + 1
        inside = end > at + 1
        yield from (token._replace(is_free=inside) for token in found[at:end])
        at = end


def _parted(found: Sequence[Token]) -> list[Token]:
    """The tokens without gaps at the ends and without the punctuation at the ends of each part."""
    parts: list[list[Token]] = [[]]
    gaps: list[Token] = []
    for token in found:
        if token.kind == "gap":
            gaps.append(token)
            parts.append([])
        else:
            parts[-1].append(token)
    kept: list[Token] = []
    for at, part in enumerate(parts):
        trimmed = _trimmed(part)
        if trimmed and kept:
            kept.append(gaps[at - 1])
        kept.extend(trimmed)
    # A gap stays only between two parts, and one of them is enough.
    return [token for at, token in enumerate(kept) if not (token.kind == "gap" and kept[at - 1].kind == "gap")]


def _trimmed(part: list[Token]) -> list[Token]:
    first, last = 0, len(part)
    while first < last and part[first].form in _AT_ENDS:
        first += 1
    while first < last and part[last - 1].form in _AT_ENDS:
        last -= 1
    return part[first:last]


def fitted(found: Sequence[Token], known: AbstractSet[str]) -> list[Token]:
    """The tokens with words joined and split as the other side, whose words are `known`, has them.

    A word that a line end broke is joined; a superscript that was copied as plain text is split from its word.
    """
    fit: list[Token] = []
    at = 0
    while at < len(found):
        token = found[at]
        following = found[at + 1 : at + 3]
        if [each.kind for each in following] == ["break", "word"] and token.kind == "word":
            joined = token.form + following[1].form
            if joined.lower() in known:
                fit.append(token._replace(form=joined, end=following[1].end))
                at += 3
                continue
        flattened = _FLATTENED.fullmatch(token.form) if token.kind == "word" else None
        if flattened and token.form.lower() not in known and flattened[1].lower() in known:
            cut = token.end - len(flattened[2])
            fit.append(token._replace(form=flattened[1], end=cut))
            fit.append(Token(flattened[2], cut, token.end, "raised", token.is_free))
        else:
            fit.append(token)
        at += 1
    return fit
