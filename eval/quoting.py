"""`python -m eval.quoting`: measure how well quotations are found, altered ones told, and absent ones missed.

Quotations of articles are changed as word processors do, altered in one word, number or negation, or taken from
articles that aren't in the corpus. The articles lie in the folder of reference material; without it the built-in sample
serves.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from random import Random

from eval.command_line import add_json, exit_code, parser_for, print_result, say
from eval.misquoting.alterations import altered
from eval.misquoting.typography import changed
from eval.sets import SHARED
from evqa.errors import EvqaError
from evqa.model import Passage, Record
from evqa.quoting.checking import checked
from evqa.quoting.folding import tokens
from evqa.quoting.printed import indexed
from evqa.quoting.records import CheckedSentence
from ingest.passages import passages
from ingest.reader import read
from ingest.sample import sample_path
from ingest.structure.headings import is_statement

SEED = 43
FEWEST_WORDS, MOST_WORDS = 6, 60


class QuotingReport(Record):
    """Shares of quotations that got the right verdict: changed ones `verbatim`, altered ones `near`, others `absent`.

    `right_difference`: altered ones whose only difference is the alteration. `missed`: changes of those that weren't
    found. Processor times in milliseconds: of one check, and of the index of all documents.
    """

    documents: int
    changed: int
    verbatim: float
    altered: int
    near: float
    right_difference: float
    others: int
    absent: float
    missed: dict[str, int]
    median_ms: float
    p95_ms: float
    index_ms: float


def split_documents(shared: Path, half: str) -> list[list[Passage]]:
    """The passages of each article whose file's SHA-256 is even or odd; without articles, of the sample."""
    paths = sorted((shared / "articles" / "xml").glob("*.xml"))
    wanted = [path for path in paths if half == "all" or _half(path) == half]
    documents = []
    for path in wanted or [sample_path()]:
        try:
            documents.append(list(passages(read(path))))
        except EvqaError as error:
            say(str(error))
    return documents


def _half(path: Path) -> str:
    return "odd" if sha256(path.read_bytes()).digest()[-1] % 2 else "even"


class Bench:
    """Checks of quotations of every other document, while the rest serves for sentences that aren't there."""

    def __init__(self, documents: Sequence[Sequence[Passage]], verbose: bool = False) -> None:
        self._random = Random(SEED)  # noqa: S311 - nothing secret
        self._verbose = verbose
        inside, outside = divided(documents)
        started = time.process_time()
        self.texts = indexed([passage for document in inside for passage in document])
        self.index_ms = (time.process_time() - started) * 1000
        self.documents = len(inside)
        self.sentences = [text for document in inside for text in prose(document)]
        self.others = [text for document in outside for text in prose(document)]
        self.times: list[float] = []

    def changed(self, count: int) -> tuple[float, dict[str, int]]:
        """The share of changed quotations that are found as verbatim, and the changes of those that aren't."""
        missed: Counter[str] = Counter()
        lost = 0
        for _ in range(count):
            quotation, names = changed(self._random.choice(self.sentences), self._random)
            found = self._checked(quotation)
            if found.verdict != "verbatim":
                lost += 1
                missed.update(names)
                self._show("+".join(names), found)
        return 1 - lost / count, dict(missed)

    def altered(self, count: int) -> tuple[float, float]:
        """The shares of altered quotations that are near, and whose only difference is the alteration."""
        vocabulary = sorted(
            {word for text in self.sentences for word in text.split() if word.isalpha() and len(word) > 3}
        )
        near = right = 0
        for _ in range(count):
            made = altered(self._random.choice(self.sentences), vocabulary, self._random)
            found = self._checked(made.text)
            near += found.verdict == "near"
            is_right = found.verdict == "near" and is_only_difference(found, made.quoted, made.printed)
            right += is_right
            if not is_right:
                self._show(f"{made.kind}: {made.printed!r} → {made.quoted!r}", found)
        return near / count, right / count

    def absent(self, count: int) -> tuple[int, float]:
        """How many sentences of other documents were checked, and the share that is absent."""
        chosen = self._random.sample(self.others, min(count, len(self.others)))
        absent = 0
        for text in chosen:
            found = self._checked(text)
            absent += found.verdict == "absent"
            if found.verdict != "absent":
                self._show("of another document", found)
        return len(chosen), absent / max(1, len(chosen))

    def _checked(self, text: str) -> CheckedSentence:
        started = time.process_time()
        found = checked(text, self.texts)
        self.times.append((time.process_time() - started) * 1000)
        return found

    def _show(self, what: str, found: CheckedSentence) -> None:
        if self._verbose:
            differences = [(each.quoted, each.printed) for each in found.differences]
            say(f"{what}: {found.verdict} {found.similarity} {differences}\n    {found.text!r}")


def divided(documents: Sequence[Sequence[Passage]]) -> tuple[list[Sequence[Passage]], list[Sequence[Passage]]]:
    """Documents for the corpus, and others; of a single one its halves."""
    if len(documents) == 1:
        (only,) = documents
        return [only[: len(only) // 2]], [only[len(only) // 2 :]]
    return list(documents[::2]), list(documents[1::2])


def prose(document: Sequence[Passage]) -> list[str]:
    """The sentences of the text that are long enough to be quoted, and not too long.

    Statements on funding, consent and the like are left out: articles share their words.
    """
    texts = [
        passage.text for passage in document if passage.kind in ("abstract", "prose") and not _is_statement(passage)
    ]
    return [text for text in texts if FEWEST_WORDS <= len(text.split()) <= MOST_WORDS]


def _is_statement(passage: Passage) -> bool:
    return passage.section is not None and is_statement(passage.section.title)


def is_only_difference(found: CheckedSentence, quoted: str, printed: str) -> bool:
    """Whether the alteration is the one difference: what the quotation has, and what the document has."""
    if len(found.differences) != 1:
        return False
    (difference,) = found.differences
    return _forms(difference.quoted) == _forms(quoted) and _forms(difference.printed) == _forms(printed)


def _forms(text: str) -> list[str]:
    return [token.form for token in tokens(text)]


def report(documents: Sequence[Sequence[Passage]], count: int, others: int, verbose: bool = False) -> QuotingReport:
    """The report over `count` changed, `count` altered quotations and `others` sentences of other documents."""
    bench = Bench(documents, verbose)
    verbatim, missed = bench.changed(count)
    near, right = bench.altered(count)
    chosen, absent = bench.absent(others)
    times = sorted(bench.times)
    return QuotingReport(
        documents=bench.documents,
        changed=count,
        verbatim=verbatim,
        altered=count,
        near=near,
        right_difference=right,
        others=chosen,
        absent=absent,
        missed=missed,
        median_ms=round(times[len(times) // 2], 2),
        p95_ms=round(times[int(len(times) * 0.95)], 2),
        index_ms=round(bench.index_ms, 1),
    )


def lines(found: QuotingReport) -> Iterator[str]:
    """The report as lines of text."""
    yield f"documents in the corpus          {found.documents}"
    yield f"changed, found as verbatim       {found.verbatim:.4f} of {found.changed}"
    yield f"altered, told as near            {found.near:.4f} of {found.altered}"
    yield f"  with the right difference      {found.right_difference:.4f}"
    yield f"of other documents, absent       {found.absent:.4f} of {found.others}"
    yield f"missed, by change                {found.missed or '–'}"
    yield f"one check                        {found.median_ms} ms, 95th percentile {found.p95_ms} ms"
    yield f"index of all documents           {found.index_ms} ms"


def main(argv: Sequence[str] | None = None) -> int:
    """Print the report: exit code 0."""
    parser = parser_for("quoting", __doc__)
    parser.add_argument("--shared", type=Path, default=SHARED, help="the folder of reference material")
    parser.add_argument(
        "--half", choices=("even", "odd", "all"), default="even", help="articles by SHA-256 of the file"
    )
    parser.add_argument("--count", type=int, default=1000, help="changed and altered quotations each")
    parser.add_argument("--others", type=int, default=500, help="sentences of other documents")
    parser.add_argument("--verbose", action="store_true", help="say on stderr what went wrong")
    add_json(parser)
    return exit_code(lambda: _print(parser.parse_args(argv)))


def _print(options: argparse.Namespace) -> None:
    documents = split_documents(options.shared, options.half)
    found = report(documents, options.count, options.others, options.verbose)
    print_result(found, list(lines(found)), options.json)


if __name__ == "__main__":
    sys.exit(main())
