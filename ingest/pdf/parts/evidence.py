"""Check what a PDF's own fields say of the article against its first pages.

Templates, file names and titles of series stand in these fields too. What isn't printed doesn't count.
"""

from collections.abc import Sequence

from evqa.language.words import squeeze
from ingest.entries.names import byline
from ingest.markup.styled import Styled
from ingest.pdf.file.extract import Page
from ingest.pdf.known.records import Metadata
from ingest.pdf.lines.paragraphs import Paragraph
from ingest.structure.front import Evidence

_PAGES = 2
_FEWEST_WORDS, _LONGEST_TITLE, _MOST_PARAGRAPHS = 3, 500, 12
_PRINTED = 0.8


def evidence(told: Metadata, pages: Sequence[Page]) -> Evidence:
    """Return the authors and the DOI that both the file's fields and its first pages tell."""
    printed = squeeze(" ".join(run.text for page in pages[:_PAGES] for run in page.runs))
    doi = next((doi for doi in told.dois if squeeze(doi) in printed), None)
    authors = byline(Styled(", ".join(told.authors))) if told.authors else ()
    known = [name for name in authors if name.family and squeeze(name.family) in printed]
    return Evidence(authors if authors and len(known) >= _PRINTED * len(authors) else (), doi)


def title_told(title: str, paragraphs: Sequence[Paragraph]) -> range | None:
    """Return the paragraphs on the first pages that print the title of the file's fields; None if none do."""
    wanted = squeeze(title[:_LONGEST_TITLE])
    if len(title.split()) < _FEWEST_WORDS or not wanted or not paragraphs:
        return None
    last = paragraphs[0].page + _PAGES
    letters = [squeeze(p.text) for p in paragraphs if p.page < last]
    for start, first in enumerate(letters):
        if not first or not wanted.startswith(first):
            continue
        joined = ""
        for end in range(start, min(start + _MOST_PARAGRAPHS, len(letters))):
            joined += letters[end]
            if joined == wanted:
                return range(start, end + 1)
            if not wanted.startswith(joined):
                break
    return None
