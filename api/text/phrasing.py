"""A phrased answer as text for a terminal: each sentence, and below it the quotations that it rests on."""

from collections.abc import Callable, Iterator

from api.text.terminal import dim, wrapped
from evqa.model import Phrasing

Shown = Callable[[int], list[str]]


def phrasing_lines(phrasing: Phrasing, columns: int, shown: Shown) -> list[str]:
    """The lines of a phrasing; `shown` gives those of a claim, by its place, after an empty one.

    A sentence that is the claims' own words is shown as these.
    """
    return [*wrapped(_made_by(phrasing), columns), *_lines(phrasing, columns, shown)]


def _made_by(phrasing: Phrasing) -> str:
    count = len(phrasing.sentences)
    if phrasing.replaced == count:
        return f"{phrasing.model} phrased nothing that passed the check, so these are the quotations."
    rest = f"; {phrasing.replaced} of {count} are quoted instead" if phrasing.replaced else ""
    return f"Phrased by {phrasing.model}, each sentence checked against the quotations below it{rest}."


def _lines(phrasing: Phrasing, columns: int, shown: Shown) -> Iterator[str]:
    for sentence in phrasing.sentences:
        if not sentence.replaced:
            numbers = f"[{', '.join(map(str, sentence.references))}]" if sentence.references else ""
            yield ""
            yield from wrapped(sentence.text, columns, "", "", numbers)
        for place in sentence.claims:
            lines = shown(place)
            # Directly below its sentence.
            yield from lines if sentence.replaced else map(dim, lines[1:])
