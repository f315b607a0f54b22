"""Turn the claims of a retrieval collection into reviews that cite, for an audit with titles or with abstracts.

Each review is written as Markdown with a bibliography, then read and stored like any other. Abstracts are files of
their own; their titles match them to the numbers of the review. The bibliography is sorted by title, so the order of
the entries says nothing.
"""

import os
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.auditing.articles import FEWEST, Article
from eval.runs.collection import Collection, CollectionDocument, CollectionQuery
from evqa.settings import settings_from
from index.generation.auditing import stored_citations
from index.writer import load_lazily, writing
from ingest.passages import passages
from ingest.reader import read

CLAIMS = 60
STYLE = "(n)"


def claim_articles(collection: Collection, home: Path, with_texts: bool, say: Callable[[str], None]) -> list[Article]:
    """Make one article of every 60 claims that a document of the collection backs."""
    documents = {each.id: each for each in collection.documents if _is_titled(each)}
    backed = [
        (claim, sources)
        for claim in collection.queries
        if (sources := [documents[id] for id, gain in collection.gains[claim.id].items() if gain and id in documents])
    ]
    model = settings_from(os.environ).model
    embedder = load_lazily(model)
    articles = []
    for first in range(0, len(backed), CLAIMS):
        name = f"{'texts' if with_texts else 'titles'}-{first // CLAIMS + 1}"
        say(f"embedding {name}")
        with TemporaryDirectory() as folder, writing(home, name, model, lambda _: embedder) as writer:
            for path in _written(Path(folder), backed[first : first + CLAIMS], with_texts):
                document = read(path)
                writer.put(document, passages(document))
        articles += [Article(name, STYLE, cited) for cited in stored_citations(home, name) if cited.statements]
    return [article for article in articles if min(len(article.cited.statements), len(article.cited.entries)) >= FEWEST]


def _is_titled(text: CollectionDocument) -> bool:
    return len(text.title.split()) > 3 and len(text.text.split()) > 20


def _written(
    folder: Path, backed: Sequence[tuple[CollectionQuery, list[CollectionDocument]]], with_texts: bool
) -> Iterator[Path]:
    """Write the review, and with `with_texts` the abstracts; yields the paths."""
    cited = sorted({source.id: source for _, sources in backed for source in sources}.values(), key=lambda s: s.title)
    numbers = {source.id: number for number, source in enumerate(cited, start=1)}
    paragraphs = [_cited(claim.text, [numbers[source.id] for source in sources]) for claim, sources in backed]
    entries = [
        f"{number}. {_author(number)} A. {_line(source.title)} J Claims. (2000) 1:{number}–{number}."
        for source, number in zip(cited, numbers.values(), strict=True)
    ]
    review = folder / "review.md"
    parts = ["# Claims and what backs them", "## 1 Claims", *paragraphs, "## References", "\n".join(entries)]
    review.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    yield review
    for source in cited if with_texts else ():
        path = folder / f"paper-{numbers[source.id]}.md"
        path.write_text(
            f"# {_line(source.title)}\n\n## Abstract\n\n{' '.join(source.text.split())}\n", encoding="utf-8"
        )
        yield path


def _cited(claim: str, numbers: Sequence[int]) -> str:
    return f"{' '.join(claim.split()).rstrip('. ')} ({', '.join(map(str, sorted(numbers)))})."


def _line(title: str) -> str:
    return re.sub(r"\s+", " ", title).strip().rstrip(".") + "."


def _author(number: int) -> str:
    """An invented family name, different for each number."""
    letters = ""
    while number:
        number, at = divmod(number, 26)
        letters += "aeioubdfgklmnprstvwzchjqxy"[at]
    return f"Q{letters}th"
