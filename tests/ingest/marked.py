"""Styled texts for tests, written as Markdown."""

from evqa.model import Reference
from ingest.entries.csl import reference
from ingest.markup.inline import inline
from ingest.markup.styled import Styled


def marked(markup: str) -> Styled:
    """What Markdown says, as its reader hands it over."""
    return inline(Styled(markup))


def read_entry(number: int, markup: str) -> Reference:
    """An entry printed in Markdown."""
    return reference(number, marked(markup))


def shown(printed: Styled) -> str:
    """A text with "^" around what is raised and "**" around what is bold."""
    signs = {"raised": "^", "bold": "**"}
    places = sorted((at, signs[s.style]) for s in printed.spans if s.style in signs for at in (s.start, s.end))
    text = printed.text
    for at, sign in reversed(places):
        text = text[:at] + sign + text[at:]
    return text
