"""Which statements cite an entry: its number is printed in them, or carried to them from a later sentence."""

from collections import defaultdict
from dataclasses import dataclass

from api.text.answer import numbers_text, place_text
from api.text.terminal import in_cells, wrapped
from evqa.corpus.corpus import Corpus, Filter
from evqa.model import Heading, Passage, PassageKind, Record, Reference, Statement

Key = tuple[str | None, int]


class CitedAt(Record):
    """A statement that cites an entry, for JSON: its text, its numbers and its place."""

    text: str
    start: int
    end: int
    references: tuple[int, ...]
    carried: bool
    passage: str
    kind: PassageKind
    section: Heading | None
    label: str | None
    page: int | None


@dataclass(frozen=True)
class CitingStatement:
    """A statement that cites an entry. With `carried`, the number is printed in a later sentence."""

    statement: Statement
    passage: Passage
    carried: bool

    @property
    def text(self) -> str:
        """The statement exactly as in the document."""
        offset = self.passage.start
        return self.passage.text[self.statement.start - offset : self.statement.end - offset]

    def lines(self, columns: int) -> list[str]:
        """The quoted statement with its numbers and its place, as wrapped lines."""
        numbers = numbers_text(self.statement.references, self.statement.carried)
        quoted = wrapped(f"“{in_cells(self.text)}”", columns, "    ", "    ", numbers)
        return [*quoted, *wrapped(place_text(self.passage), columns, "    — ", "      ")]

    def record(self) -> CitedAt:
        """The statement for JSON."""
        return CitedAt(
            text=self.text,
            start=self.statement.start,
            end=self.statement.end,
            references=self.statement.references,
            carried=self.carried,
            passage=self.passage.id,
            kind=self.passage.kind,
            section=self.passage.section,
            label=self.passage.label,
            page=self.passage.page,
        )


class Citing:
    """The statements of a corpus, by the entry they cite. An entry doesn't cite itself."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        homes = [outline.document for outline in corpus.outlines()]
        self._titles = {home.id: home.title for home in homes if home.kind != "paper"}
        self._papers = {(home.review, home.reference) for home in homes if home.kind == "paper"}
        self._statements: dict[Key, dict[tuple[int, int], CitingStatement]] = defaultdict(dict)
        for passage in corpus.passages(Filter()):
            if passage.kind not in ("reference", "paper"):
                self._note(passage)

    def _note(self, passage: Passage) -> None:
        for statement in passage.sentences:
            for number in (*statement.references, *statement.carried):
                found = CitingStatement(statement, passage, number not in statement.references)
                key = (passage.document.id, number)
                self._statements[key].setdefault((statement.start, statement.end), found)

    def statements(self, reference: Reference) -> list[CitingStatement]:
        """The statements that cite the entry, in the order of the text."""
        found = self._statements.get((reference.document, reference.number), {})
        return [found[place] for place in sorted(found)]

    def times(self, reference: Reference) -> int:
        """Number of statements that print the entry's number."""
        return sum(not statement.carried for statement in self.statements(reference))

    def holds(self, reference: Reference) -> bool:
        """Whether the corpus holds the paper behind the entry."""
        return (reference.document, reference.number) in self._papers

    def title(self, reference: Reference) -> str:
        """Title of the entry's document if several documents have a bibliography; else ""."""
        return self._titles.get(reference.document or "", "") if len(self._titles) > 1 else ""
