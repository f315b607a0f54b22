"""`python -m eval.body`: ask every question of many documents, each a corpus of its own, and score the answers.

Documents of the split `fit` taught the judge, those of `choose` chose recipes, weights and thresholds; only `report`
tells of other documents. It is looked at once for each version.
"""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.command_line import exit_code, parser_for, say
from eval.judging.answers import Outcome, Scores, outcome
from eval.judging.body import SPLITS, BodyDocument, documents, front_documents
from eval.judging.candidates import stored
from eval.sets import SHARED
from evqa.settings import DEFAULT_MODEL, Settings, settings_from
from index.judging.judged import judged
from index.judging.local import LocalJudge
from index.judging.ready import judge_model


def main(argv: Sequence[str] | None = None) -> int:
    """Ask and print a table: exit code 0, or 2 if something fails."""
    parser = parser_for("body", __doc__)
    parser.add_argument("--split", choices=SPLITS, default="choose", help="which documents (default: choose)")
    parser.add_argument("--front", action="store_true", help="ask about title pages and statements instead")
    parser.add_argument("--judge", choices=("local", "off", "llm"), help="who decides (default: as EVQA_JUDGE says)")
    parser.add_argument(
        "--form", choices=("xml", "pdf"), default="xml", help="ask the articles' XML, or PDFs of those that have one"
    )
    parser.add_argument("--shared", type=Path, default=SHARED, help="the folder of reference material")
    parser.add_argument("--home", type=Path, help="where the corpora are kept (default: a folder that is deleted)")
    arguments = parser.parse_args(argv)

    def run() -> None:
        settings = settings_from(os.environ)
        settings = replace(settings, judge=arguments.judge or settings.judge)
        body = (each for each in documents(arguments.shared) if each.split == arguments.split)
        chosen = front_documents(arguments.shared) if arguments.front else tuple(body)
        if arguments.form == "pdf":
            chosen = tuple(as_pdf(chosen, arguments.shared))
        with TemporaryDirectory() as temporary:
            home = arguments.home or Path(temporary)
            outcomes = [each for document in chosen for each in _outcomes(document, home, settings)]
        print("\n".join(lines(outcomes)))

    return exit_code(run, failed=2)


def _outcomes(document: BodyDocument, home: Path, settings: Settings) -> Iterator[Outcome]:
    say(f"{document.name}: {len(document.questions)} questions")
    with stored(document.path, home, f"body-{document.name}", settings.model) as corpus:
        # The local judge reads the vectors of the packaged model alone.
        local = (lambda: LocalJudge(judge_model(home, say), corpus)) if corpus.model == DEFAULT_MODEL else None
        asked = judged(corpus, settings, local, say)
        for question in document.questions:
            yield outcome(document.name, question, asked)


def as_pdf(chosen: Sequence[BodyDocument], shared: Path) -> list[BodyDocument]:
    """The documents that are there as PDF, too, as PDF."""
    files = {file.stem: file for file in (shared / "articles/pdf").glob("*.pdf")}
    printed = [each for each in chosen if each.path.stem in files]
    return [each.model_copy(update={"path": files[each.path.stem], "name": f"{each.name}-pdf"}) for each in printed]


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
    for why, part in _groups([each for each in outcomes if not each.question.is_answerable], lambda e: e.question.why):
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


def _mean(values: Iterator[bool]) -> float:
    found = list(values)
    return sum(found) / len(found)


if __name__ == "__main__":
    sys.exit(main())
