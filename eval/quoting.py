"""`python -m eval.quoting`: measure how well quotations are found, altered ones told, and absent ones missed.

Quotations of articles are changed as word processors do, altered in one word, number or negation, or taken from articles
that aren't in the corpus. The articles lie in the folder of reference material; without it the built-in sample serves.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from random import Random

from eval.command_line import exit_code, parser_for, print_result, say
from eval.misquoting.alterations import altered
from eval.misquoting.typography import changed
from eval.sets import SHARED
from evqa.errors import EvqaError
from evqa.model import Passage, Record
from evqa.quoting.checking import checked
from evqa.quoting.folding import tokens
from evqa.quoting.printed import Printed, indexed
from evqa.quoting.records import CheckedSentence
from ingest.passages import passages
from ingest.reader import read
from ingest.sample import sample_path

SEED = 43
FEWEST_WORDS, MOST_WORDS = 6, 60
SHOWN = 12


class QuotingReport(Record):
    """Shares of quotations that got the right verdict: changed ones `verbatim`, altered ones `near`, others `absent`.

    `right_difference`: altered ones whose only difference is the alteration. Times in milliseconds; `index` for all.
    """

    documents: int
    changed: int
    verbatim: float
    altered: int
    near: float
    right_difference: float
    others: int
    absent: float
    missed_changes: dict[str, int]
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


def measured(documents: Sequence[Sequence[Passage]], count: int, others: int, verbose: bool) -> QuotingReport:
    """The report over `count` changed, `count` altered quotations of every other document, and `others` of the rest."""
    random = Random(SEED)  # noqa: S311 - nothing secret
    inside, outside = _divided(documents)
    started = time.perf_counter()
    texts = indexed([passage for document in inside for passage in document])
    index_ms = (time.perf_counter() - started) * 1000
    sentences = [passage.text for document in inside for passage in _prose(document)]
    vocabulary = sorted({word for text in sentences for word in text.split() if word.isalpha() and len(word) > 3})
    times: list[float] = []
    missed: Counter[str] = Counter()
    for _ in range(count):
        quotation, names = changed(random.choice(sentences), random)
        found = _timed(quotation, texts, times)
        if found.verdict != "verbatim":
            missed.update(names)
            _show(verbose, "+".join(names), quotation, found)
    near, right = 0, 0
    lost = sum(1 for _ in ())
    lost = 0
    for number in range(count):
        made = altered(random.choice(sentences), vocabulary, random)
        found = _timed(made.text, texts, times)
        near += found.verdict == "near"
        is_right = found.verdict == "near" and _is_right(found, made.quoted, made.printed)
        right += is_right
        if not is_right:
            _show(verbose, f"{made.kind} {made.printed!r} → {made.quoted!r} ({number})", made.text, found)
    del lost
    other = [passage.text for document in outside for passage in _prose(document)]
    chosen = random.sample(other, min(others, len(other)))
    absent = 0
    for text in chosen:
        found = _timed(text, texts, times)
        absent += found.verdict == "absent"
        if found.verdict != "absent":
            _show(verbose, "other document", text, found)
    times.sort()
    return QuotingReport(
        documents=len(inside), changed=count, verbatim=0.0, altered=count, near=near / count,
        right_difference=right / count, others=len(chosen), absent=absent / max(1, len(chosen)),
        missed_changes=dict(missed), median_ms=times[len(times) // 2], p95_ms=times[int(len(times) * 0.95)],
        index_ms=index_ms,
    )  # fmt: skip
