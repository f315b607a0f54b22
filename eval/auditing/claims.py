"""Claims of a retrieval collection as reviews that cite: what an audit sees with titles alone, and with abstracts.

Each review is written out as Markdown with its bibliography and read, stored and audited as any other; the abstracts
are files of their own, which are placed under its numbers by their titles. The bibliography is in the order of its
titles, so that only what is said counts.
"""

import os
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.auditing.articles import FEWEST, Article
from eval.runs.collection import Asked, Collection, Text
from evqa.settings import settings_from
from index.generation.auditing import stored_citations
from index.writer import load_lazily, writing
from ingest.passages import passages
from ingest.reader import read

CLAIMS = 60
STYLE = "(n)"


def claim_articles(collection: Collection, home: Path, with_texts: bool, say: Callable[[str], None]) -> list[Article]:
    """One article for each 60 claims that are backed by a document of the collection."""
    documents = {each.id: each for each in collection.documents if _is_titled(each)}
    backed = [
        (claim, found)
        for claim in collection.queries
        if (found := [documents[one] for one, gain in collection.gains[claim.id].items() if gain and one in documents])
    ]
    model = settings_from(os.environ).model
    loaded = load_lazily(model)
    articles = []
    for first in range(0, len(backed), CLAIMS):
        name = f"{'texts' if with_texts else 'titles'}-{first // CLAIMS + 1}"
        say(f"embedding {name}")
        with TemporaryDirectory() as folder, writing(home, name, model, lambda _: loaded) as writer:
            for path in _written(Path(folder), backed[first : first + CLAIMS], with_texts):
                document = read(path)
                writer.put(document, passages(document))
        articles += [Article(name, STYLE, cited) for cited in stored_citations(home, name) if cited.statements]
    return [each for each in articles if min(len(each.cited.statements), len(each.cited.entries)) >= FEWEST]


def _is_titled(text: Text) -> bool:
    return len(text.title.split()) > 3 and len(text.text.split()) > 20


def _written(folder: Path, backed: Sequence[tuple[Asked, list[Text]]], with_texts: bool) -> Iterator[Path]:
    """The review, and the abstracts if they are wanted."""
    cited = sorted({each.id: each for _, found in backed for each in found}.values(), key=lambda each: each.title)
    numbers = {each.id: number for number, each in enumerate(cited, start=1)}
    paragraphs = [_cited(claim.text, [numbers[each.id] for each in found]) for claim, found in backed]
    entries = [
        f"{number}. {_author(number)} A. {_line(each.title)} J Claims. (2000) 1:{number}–{number}."
        for each, number in zip(cited, numbers.values(), strict=True)
    ]
    review = folder / "review.md"
    parts = ["# Claims and what backs them", "## 1 Claims", *paragraphs, "## References", "\n".join(entries)]
    review.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    yield review
    for each in cited if with_texts else ():
        path = folder / f"paper-{numbers[each.id]}.md"
        path.write_text(f"# {_line(each.title)}\n\n## Abstract\n\n{' '.join(each.text.split())}\n", encoding="utf-8")
        yield path


def _cited(claim: str, numbers: Sequence[int]) -> str:
    return f"{' '.join(claim.split()).rstrip('. ')} ({', '.join(map(str, sorted(numbers)))})."


def _line(title: str) -> str:
    return re.sub(r"\s+", " ", title).strip().rstrip(".") + "."


def _author(number: int) -> str:
    """A family name of letters, another one for each number."""
    letters = ""
    while number:
        number, at = divmod(number, 26)
        letters += "aeioubdfgklmnprstvwzchjqxy"[at]
    return f"Q{letters}th"
