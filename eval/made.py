"""`python -m eval.made DOCUMENT …`: questions made of documents' own structure, with a stage of answering and without.

For stages that no gold question needs. What is right follows from the document itself: the first or last statement of
a part, the statements that cite an author's only work, a refusal where no word means anything.
"""

import argparse
import os
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from eval.cost.speed import store
from eval.fitting.stages import chosen
from evqa.answer import STEPS, Steps, ask
from evqa.corpus.corpus import Corpus, Filter, Span
from evqa.errors import EvqaError
from evqa.model import Answer, Outline, Passage, Reference
from evqa.settings import settings_from
from index.corpus import open_corpus
from index.writer import load_lazily

# How a question calls a part, and how its title begins.
PARTS = {
    "abstract": "abstract",
    "introduction": "introduct",
    "conclusion": "conclusi",
    "methods section": "method",
    "discussion": "discussi",
    "results section": "result",
}
FIRST = ("How does the {} begin?", "What does the {} open with?", "What is the first sentence of the {}?")
LAST = ("How does the {} end?", "What is the last sentence of the {}?", "With what does the {} close?")
USES = (
    "Which statements rest on {} et al.?",
    "What is the work by {} cited for?",
    "Which claims does the paper of {} support?",
)
EMPTY = ("a", "the", "x", "how?", "what is it?", "xqzt", "asdf jkl", "qwertz uiop", "Wie hoch ist der Eiffelturm?")
# Shorter parts begin where they end; of longer bibliographies some authors stand for all.
SHORTEST, AUTHORS, INVENTED = 3, 12, 25
LETTERS, SEED = 4, 3


class Made(NamedTuple):
    """A question for the sake of a stage, and whether an answer to it is right."""

    stage: str
    question: str
    is_right: Callable[[Answer], bool]


def made(corpus: Corpus) -> Iterator[Made]:
    """The questions that can be made of a corpus, the same each time."""
    drawn = random.Random(SEED)  # noqa: S311 – repeatable, not secret
    for outline in corpus.outlines():
        yield from _ends(corpus, outline)
        yield from _uses(corpus, outline, drawn)
    for question in (*EMPTY, *(_invented(drawn) for _ in range(INVENTED))):
        yield Made("rule-unknown", question, lambda answer: answer.status != "answered")


def _ends(corpus: Corpus, outline: Outline) -> Iterator[Made]:
    """Where parts begin and end; the first passage shown is to be the first or last of the part."""
    for name, beginning in PARTS.items():
        passages = _part(corpus, outline, beginning)
        if len(passages) >= SHORTEST:
            for wordings, wanted in ((FIRST, passages[0]), (LAST, passages[-1])):
                for wording in wordings:
                    yield Made("position", wording.format(name), _shows_first(wanted))


def _part(corpus: Corpus, outline: Outline, beginning: str) -> Sequence[Passage]:
    """The prose of the first section whose title begins so."""
    for section in outline.sections:
        if section.title.lower().startswith(beginning):
            span = Span(outline.document.id, section.start, section.end)
            return corpus.passages(Filter(kinds=frozenset({"prose", "abstract"}), spans=(span,)))
    return ()


def _shows_first(wanted: Passage) -> Callable[[Answer], bool]:
    return lambda answer: bool(answer.passages) and answer.passages[0].id == wanted.id


def _uses(corpus: Corpus, outline: Outline, drawn: random.Random) -> Iterator[Made]:
    """What an author's only work is cited for; every claim is to stand in a passage that cites it."""
    entries = [entry for entry in corpus.references() if entry.document == outline.document.id]
    alone = _alone(entries)
    for entry in drawn.sample(alone, min(AUTHORS, len(alone))):
        within = Filter(documents=frozenset({outline.document.id}), cites=frozenset({entry.number}))
        citing = frozenset(passage.id for passage in corpus.passages(within) if passage.kind != "reference")
        for wording in USES if citing else ():
            yield Made("author-uses", wording.format(entry.author[0].family), _claims_from(citing))


def _alone(entries: Sequence[Reference]) -> list[Reference]:
    """Entries whose first author has no other work in the bibliography, by name, too."""
    works = Counter(family for entry in entries for family in {name.family for name in entry.author})
    return [
        entry for entry in entries if entry.author and entry.author[0].family and works[entry.author[0].family] == 1
    ]


def _claims_from(citing: frozenset[str]) -> Callable[[Answer], bool]:
    return lambda answer: bool(answer.claims) and all(claim.passage in citing for claim in answer.claims)


def _invented(drawn: random.Random) -> str:
    """Two to four words of no language."""
    syllables = [consonant + vowel for consonant in "bdfgklmprtvz" for vowel in "aeiou"]
    words = ("".join(drawn.choices(syllables, k=drawn.randint(2, LETTERS))) for _ in range(drawn.randint(2, 4)))
    return f"What is {' '.join(words)}?"


def right(corpus: Corpus) -> dict[str, tuple[int, int, int]]:
    """For each stage how many questions there are, how many are answered rightly with it, and how many without."""
    found: dict[str, tuple[int, int, int]] = {}
    questions = list(made(corpus))
    for stage in chosen(sorted({each.stage for each in questions})):
        own = [each for each in questions if each.stage == stage.name]
        found[stage.name] = (len(own), _count(own, corpus, STEPS), _count(own, corpus, stage.steps))
    return found


def _count(questions: Sequence[Made], corpus: Corpus, steps: Steps) -> int:
    return sum(each.is_right(ask(each.question, corpus, steps=steps)) for each in questions)


def main(argv: Sequence[str] | None = None, home: Path | None = None) -> int:
    """Stores each document in a corpus of its own, under `home` or in a folder that is gone after, asks, prints."""
    parser = argparse.ArgumentParser(prog="python -m eval.made", description=(__doc__ or "").partition(": ")[2])
    parser.add_argument("documents", nargs="+", type=Path, metavar="DOCUMENT", help="a review or article")
    given = parser.parse_args(argv)
    try:
        with TemporaryDirectory() as folder:
            print("\n".join(lines(_all(given.documents, home or Path(folder)))))
    except EvqaError as error:
        print(f"made: {error}", file=sys.stderr)
        return 2
    return 0


def _all(documents: Sequence[Path], home: Path) -> dict[str, tuple[int, ...]]:
    """The counts of all documents together."""
    model = settings_from(os.environ).model
    loaded = load_lazily(model)
    total: dict[str, tuple[int, ...]] = {}
    with ExitStack() as opened:
        for place, document in enumerate(documents):
            store(document, home, model, f"made-{place}", lambda _: loaded)
            for stage, counts in right(opened.enter_context(open_corpus(home, f"made-{place}"))).items():
                total[stage] = tuple(map(sum, zip(total.get(stage, (0, 0, 0)), counts, strict=True)))
    return total


def lines(total: dict[str, tuple[int, ...]]) -> Iterator[str]:
    """A table for a terminal."""
    yield f"{'stage':<14}{'questions':>10}{'right':>8}{'right without':>16}"
    for stage, (count, on, without) in sorted(total.items()):
        yield f"{stage:<14}{count:>10}{on:>8}{without:>16}"


if __name__ == "__main__":
    sys.exit(main())
