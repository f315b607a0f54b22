"""Real articles whose citations are audited: read, embedded once, and found again in the same home."""

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

# Fewer statements or entries than these say nothing of an order or a rank.
FEWEST = 10
# Articles whose numbers are shifted as they were published, by our reading of their statements and titles: in this one
# the statements that print 7 to 19 are on the works that the list has under 8 to 20.
SHIFTED_IN_PRINT = frozenset({"PMC5854649"})


class Article(NamedTuple):
    """An article by its name, how it prints its citations, and what an audit sees of it."""

    name: str
    style: str
    cited: Cited

    @property
    def is_shifted(self) -> bool:
        """Whether numbers are shifted as it was published, so that a run in it is no false one."""
        return self.name in SHIFTED_IN_PRINT


def articles(folder: Path, home: Path, only: Sequence[str], say: Callable[[str], None]) -> list[Article]:
    """The articles that a folder's manifest lists, with ten citing statements and entries or more.

    Raises InputError when there is no manifest, or none of the articles in `only`.
    """
    rows, problems = load_manifest(folder)
    for problem in problems:
        say(problem)
    loaded = None
    found = []
    for row in choose(rows, only):
        name = f"PMC{row.pmc}"
        if name not in corpus_names(home):
            say(f"embedding {name}")
            model = settings_from(os.environ).model
            loaded = loaded or load_lazily(model)
            store(row.xml, home, model, name, lambda _, ready=loaded: ready)  # type: ignore[misc]
        found += [Article(name, row.style, cited) for cited in stored_citations(home, name)]
    return [each for each in found if min(len(each.cited.statements), len(each.cited.entries)) >= FEWEST]
