"""What to ask sources for an entry that prints no DOI.

Nothing is filtered by year, volume or journal: a filter would hide the work behind the very field that is misprinted.
"""

import re

from evqa.language.words import FUNCTION_WORDS, words
from evqa.model import Record, Reference

# Characters of a query. Sources refuse addresses that are too long.
LONGEST = 400
# Words of a title that are looked for where the title as a whole isn't found.
TELLING = 8
_IDENTIFIER = re.compile(
    r"(?:\bdoi\b\W{0,3})?(?:https?://\S+|\b10\.\d{4,9}/\S+)|\bPMC?ID\W{0,2}(?:PMC)?\d+", re.IGNORECASE
)
# What a query language may read as an operator.
_SIGNS = re.compile(r"[^\w\s.,'’-]+|(?<!\w)-|-(?!\w)")


class Query(Record):
    """The texts to ask sources by.

    `crossref` goes into `query.bibliographic`, `openalex` into `search`. `europepmc` are queries in its language, the
    strictest first; the next is meant for where the one before finds nothing.
    """

    crossref: str
    europepmc: tuple[str, ...]
    openalex: str


def query_of(entry: Reference) -> Query:
    """What to ask for an entry. One whose title couldn't be read is asked for as it is printed."""
    printed = _cut(_IDENTIFIER.sub(" ", entry.raw))
    if not entry.title:
        return Query(crossref=printed, europepmc=(_plain(printed),), openalex=_plain(printed))
    title = _plain(_cut(entry.title))
    year = str(entry.year) if entry.year else ""
    fields = (entry.title, entry.first_author, entry.container_title, year, entry.volume, entry.page)
    return Query(
        crossref=_cut(" ".join(field for field in fields if field)),
        europepmc=_europepmc(entry, title),
        openalex=title,
    )


def _europepmc(entry: Reference, title: str) -> tuple[str, ...]:
    phrase = f'TITLE:"{title}"'
    author = _plain(entry.first_author)
    by_author = f' AND AUTH:"{author}"' if author else ""
    telling = sorted(dict.fromkeys(word for word in words(title) if word not in FUNCTION_WORDS), key=len, reverse=True)
    loose = " AND ".join(f"TITLE:{word}" for word in telling[:TELLING])
    return tuple(dict.fromkeys(each for each in (phrase + by_author, phrase, loose) if each))


def _plain(text: str) -> str:
    return " ".join(_SIGNS.sub(" ", text).split())


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0]
