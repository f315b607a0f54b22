"""`python -m eval.body`: ask every question of many documents, each a corpus of its own, and score the answers.

Documents of the split `fit` taught the judge, those of `choose` chose recipes, weights and thresholds; only `report`
tells of other documents. It is looked at once for each version. With `--together` all documents lie in one corpus, and
it is asked their questions, and others that no document is near to; with `--filtered` each question with its document.
"""

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.command_line import exit_code, parser_for, say
from eval.judging.answers import Outcome, Scores, outcome
from eval.judging.body import SPLITS, BodyDocument, BodyQuestion, documents, front_documents
from eval.judging.candidates import stored
from eval.runs.lines import read_lines
from eval.sets import GOLD, SHARED
from evqa.corpus.corpus import Corpus
from evqa.model import Filters
from evqa.settings import DEFAULT_MODEL, Settings, settings_from
from index.corpus import StoredCorpus
from index.judging.judged import judged
from index.judging.local import LocalJudge
from index.judging.ready import judge_model

# Everyday questions that none of the documents is near to.
FOREIGN = GOLD / "foreign/everyday.jsonl"
# Confidence at which a reader takes an answer for certain.
CERTAIN = 0.85

# Reasons that fewer questions have are told together.
FEWEST = 5


def main(argv: Sequence[str] | None = None) -> int:
    """Ask and print a table: exit code 0, or 2 if something fails."""
    parser = parser_for("body", __doc__)
    parser.add_argument("--split", choices=SPLITS, default="choose", help="which documents (default: choose)")
    parser.add_argument("--front", action="store_true", help="ask about title pages and statements instead")
    parser.add_argument("--judge", choices=("local", "off", "llm"), help="who decides (default: as EVQA_JUDGE says)")
    parser.add_argument(
        "--form", choices=("xml", "pdf"), default="xml", help="ask the articles' XML, or PDFs of those that have one"
    )
    parser.add_argument("--printed", action="store_true", help="only articles that are there as XML and as PDF")
    parser.add_argument("--shared", type=Path, default=SHARED, help="the folder of reference material")
    parser.add_argument("--together", action="store_true", help="all documents in one corpus, and foreign questions")
    parser.add_argument("--filtered", action="store_true", help="with --together: ask each question's document alone")
    parser.add_argument("--home", type=Path, help="where the corpora are kept (default: a folder that is deleted)")
    arguments = parser.parse_args(argv)

    def run() -> None:
        settings = settings_from(os.environ)
        settings = replace(settings, judge=arguments.judge or settings.judge)
        body = (each for each in documents(arguments.shared) if each.split == arguments.split)
        chosen = front_documents(arguments.shared) if arguments.front else tuple(body)
        if arguments.printed or arguments.form == "pdf":
            chosen = tuple(in_both_forms(chosen, arguments.form, arguments.shared))
        with TemporaryDirectory() as temporary:
            home = arguments.home or Path(temporary)
            if arguments.together:
                name = f"together-{arguments.split}"
                printed = list(together_lines(*_together(chosen, home, name, settings, arguments.filtered)))
            else:
                printed = list(lines([each for document in chosen for each in _outcomes(document, home, settings)]))
        print("\n".join(printed))

    return exit_code(run, failed=2)


def _outcomes(document: BodyDocument, home: Path, settings: Settings) -> Iterator[Outcome]:
    say(f"{document.name}: {len(document.questions)} questions")
    with stored([document.path], home, f"body-{document.name}", settings.model) as corpus:
        asked = _judged(corpus, home, settings)
        for question in document.questions:
            yield outcome(document.name, question, asked)


def in_both_forms(chosen: Sequence[BodyDocument], form: str, shared: Path) -> Iterator[BodyDocument]:
    """The documents that are there as XML and as PDF, in the form that is asked for ("xml" or "pdf")."""
    files = {file.stem: file for file in (shared / "articles/pdf").glob("*.pdf")}
    for each in chosen:
        if (file := files.get(each.path.stem)) is not None:
            is_printed = form == "pdf"
            yield each.model_copy(update={"path": file, "name": f"{each.name}-pdf"}) if is_printed else each


def _judged(corpus: StoredCorpus, home: Path, settings: Settings) -> Corpus:
    # The local judge reads the vectors of the packaged model alone.
    local = (lambda: LocalJudge(judge_model(home), corpus)) if corpus.model == DEFAULT_MODEL else None
    return judged(corpus, settings, local, say)


def _together(
    chosen: Sequence[BodyDocument], home: Path, name: str, settings: Settings, is_filtered: bool
) -> tuple[list[Outcome], list[Outcome]]:
    """What came of the questions of all documents, and of foreign ones, in one corpus of that name.

    `is_filtered`: each question is put to its own document of the corpus.
    """
    with stored([each.path for each in chosen], home, name, settings.model) as corpus:
        asked = _judged(corpus, home, settings)
        own: list[Outcome] = []
        for each in chosen:
            say(f"{each.name}: {len(each.questions)} questions")
            file = each.path.name
            filters = Filters(document=file) if is_filtered else None
            own += [outcome(each.name, question, asked, file, filters) for question in each.questions]
        foreign = read_lines(FOREIGN, BodyQuestion)
        say(f"{len(foreign)} foreign questions")
        return own, [outcome("", question, asked) for question in foreign]


def together_lines(own: Sequence[Outcome], foreign: Sequence[Outcome]) -> Iterator[str]:
    """The measures of the documents' questions and of foreign ones that were put to one corpus."""
    answerable = [each for each in own if each.question.is_answerable]
    yield f"{len({each.document for each in own})} documents in one corpus"
    yield ""
    yield f"{'answerable':<22}{len(answerable):>5}"
    for depth in (1, 5, 20):
        yield f"{f'hit@{depth}':<22}{_mean(0 < each.rank <= depth for each in answerable):>8.3f}"
    yield f"{'answered and right':<22}{_mean(each.right for each in answerable):>8.3f}"
    yield f"{'from other documents':<22}{_mean(each.is_foreign for each in answerable):>8.3f}"
    yield f"{'asked which document':<22}{_mean(each.asks_which for each in answerable):>8.3f}"
    yield f"{'refused':<22}{_mean(not each.is_answered and not each.asks_which for each in answerable):>8.3f}"
    yield ""
    if unanswerable := [each for each in own if not each.question.is_answerable]:
        yield f"{'unanswerable':<22}{len(unanswerable):>5}"
        yield f"{'answered':<22}{_mean(each.is_answered for each in unanswerable):>8.3f}"
        yield f"{'asked which document':<22}{_mean(each.asks_which for each in unanswerable):>8.3f}"
        yield ""
    yield f"{'foreign':<22}{len(foreign):>5}"
    yield f"{'answered':<22}{_mean(each.is_answered for each in foreign):>8.3f}"
    certain = _mean(each.is_answered and each.confidence >= CERTAIN for each in foreign)
    yield f"{f'answered from {CERTAIN} on':<22}{certain:>8.3f}"


def lines(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """The measures over all questions, then hit@1 and refusals by wording and by kind."""
    scores = Scores(outcomes)
    answerable = sum(each.question.is_answerable for each in outcomes)
    counted = f"{answerable} answerable and {len(outcomes) - answerable} unanswerable questions"
    yield f"{len(scores.names)} documents, {counted}"
    for name, value, low, high in scores.measures():
        yield f"{name:<22}{value:6.3f}  ({low:.3f}–{high:.3f})"
    yield ""
    yield f"{'answerable':<22}{'n':>5}{'hit@1':>8}{'hit@5':>8}{'refused':>9}{'right':>8}"
    yield from _parts([each for each in outcomes if each.question.is_answerable], lambda each: each.question.overlap)
    yield from _parts([each for each in outcomes if each.question.is_answerable], lambda each: each.question.kind)
    yield ""
    yield f"{'unanswerable':<22}{'n':>5}{'refused':>9}"
    without = [each for each in outcomes if not each.question.is_answerable]
    common = {why for why, count in Counter(each.question.why for each in without).items() if count >= FEWEST}
    for why, part in _groups(without, lambda each: each.question.why if each.question.why in common else "other"):
        yield f"{why:<22}{len(part):>5}{_mean(not each.is_answered for each in part):>9.2f}"


def _parts(outcomes: Sequence[Outcome], key: Callable[[Outcome], str | None]) -> Iterator[str]:
    for name, part in _groups(outcomes, key):
        first, five = (_mean(0 < each.rank <= depth for each in part) for depth in (1, 5))
        refused, right = _mean(not each.is_answered for each in part), _mean(each.right for each in part)
        yield f"{name:<22}{len(part):>5}{first:>8.2f}{five:>8.2f}{refused:>9.2f}{right:>8.2f}"


def _groups(
    outcomes: Sequence[Outcome], key: Callable[[Outcome], str | None]
) -> Iterator[tuple[str, Sequence[Outcome]]]:
    names = sorted({key(each) or "–" for each in outcomes})
    return ((name, [each for each in outcomes if (key(each) or "–") == name]) for name in names)


def _mean(values: Iterable[bool]) -> float:
    found = list(values)
    return sum(found) / len(found)


if __name__ == "__main__":
    sys.exit(main())
