"""Load real articles for an audit. Each is embedded once and reused from the same home."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from eval.cost.speed import store
from eval.reading.manifest import choose, load_manifest
from evqa.audit.support import Cited
from evqa.settings import settings_from
from index.disk.folder import corpus_names
from index.generation.auditing import stored_citations
from index.writer import load_lazily

# With fewer statements or entries, order and rank mean nothing.
FEWEST = 10
# Articles that were published with shifted numbers, by our reading of their statements and titles. In this one the
# statements that print 7 to 19 are about the works that the list has under 8 to 20.
SHIFTED_IN_PRINT = frozenset({"PMC5854649"})


class Article(NamedTuple):
    """An article: its name, its citation style, and the statements and entries that an audit compares."""

    name: str
    style: str
    cited: Cited

    @property
    def is_shifted(self) -> bool:
        """Whether it was published with shifted numbers, so that a run found in it isn't false."""
        return self.name in SHIFTED_IN_PRINT


def articles(folder: Path, home: Path, only: Sequence[str], say: Callable[[str], None]) -> list[Article]:
    """Load the articles of a folder's manifest that have at least ten citing statements and ten entries.

    Raises InputError if there is no manifest, or if it doesn't list an article named in `only`.
    """
    rows, problems = load_manifest(folder)
    for problem in problems:
        say(problem)
    embedder = None
    loaded: list[Article] = []
    for row in choose(rows, only):
        name = f"PMC{row.pmc}"
        if name not in corpus_names(home):
            say(f"embedding {name}")
            model = settings_from(os.environ).model
            embedder = embedder or load_lazily(model)
            store(row.xml, home, model, name, lambda _, ready=embedder: ready)  # type: ignore[misc]
        loaded += [Article(name, row.style, cited) for cited in stored_citations(home, name)]
    return [article for article in loaded if min(len(article.cited.statements), len(article.cited.entries)) >= FEWEST]
