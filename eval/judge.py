"""`python -m eval.judge fit|calibrate`: teach the local judge, then fit what turns its relevances into answers.

`fit` asks the questions and drills of the documents that are there to be fitted on, and trains the judge's adapter on
their graded passages. `calibrate` fits margins, confidence and the threshold of refusal on documents that the judge has
not seen, cross-validated by document, and writes them with these scores.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import evqa.fitted
from eval.command_line import exit_code, parser_for, say
from eval.judging.abstracts import collections
from eval.judging.body import BodyQuestion, documents, drills
from eval.judging.calibrating import JudgedQuestion, fit_judging, judged_questions, left_out_measures
from eval.judging.candidates import KeptVectors, asked, stored
from eval.judging.examples import Example
from eval.sets import SHARED
from evqa.settings import DEFAULT_MODEL
from index.judging.adapter import ADAPTER
from index.judging.inputs import cut, features
from index.judging.local import LocalJudge, token_texts
from index.judging.ready import judge_model

# The judge is taught with some more passages of a question than it reads later: wrong ones are worth seeing.
TAUGHT_WITH = 25
JUDGING = Path(evqa.fitted.__file__).with_name("judging.json")


def main(argv: Sequence[str] | None = None) -> int:
    """Fit or calibrate: exit code 0, or 2 if something fails."""
    parser = parser_for("judge", __doc__)
    parser.add_argument("step", choices=("fit", "calibrate"))
    parser.add_argument("--shared", type=Path, default=SHARED, help="the folder of reference material")
    parser.add_argument("--home", type=Path, help="where the corpora are kept (default: a folder that is deleted)")
    parser.add_argument("--out", type=Path, help="what is written (default: what the product uses)")
    parser.add_argument("--epochs", type=float, help="passes over the questions")
    arguments = parser.parse_args(argv)

    def run() -> None:
        with TemporaryDirectory() as temporary:
            home = arguments.home or Path(temporary)
            if arguments.step == "fit":
                _fit(arguments, home)
            else:
                _calibrate(arguments, home)

    return exit_code(run, failed=2)


def _fit(arguments: argparse.Namespace, home: Path) -> None:
    from eval.judging.training import Recipe, train  # loads PyTorch

    examples = list(_examples(arguments.shared, home))
    say(f"{len(examples)} questions of {len({each.document for each in examples})} documents")
    recipe = Recipe()
    if arguments.epochs:
        recipe = replace(recipe, epochs=arguments.epochs)
    train(examples, recipe, arguments.out or ADAPTER)


def _examples(shared: Path, home: Path) -> Iterator[Example]:
    for document in documents(shared):
        if document.split == "fit":
            questions = (*document.questions, *drills(document.name))
            yield from _examples_of(document.name, document.path, questions, home)
    for name, text in collections(shared / "scifact"):
        path = home / f"{name}.md"
        path.write_text(text, encoding="utf-8")
        yield from _examples_of(name, path, drills(name), home)


def _examples_of(name: str, path: Path, questions: Sequence[BodyQuestion], home: Path) -> Iterator[Example]:
    say(f"{name}: {len(questions)} questions")
    with stored([path], home, f"body-{name}", DEFAULT_MODEL) as corpus:
        vectors = KeptVectors(corpus)
        for each in asked(questions, corpus, TAUGHT_WITH):
            if each.understood.kind.by == "content" and each.shown:
                own = each.question
                texts = cut(token_texts(each.understood.question, each.shown, vectors))
                yield Example(name, own.id, texts, features(each.shown), each.grades, own.is_answerable)


def _calibrate(arguments: argparse.Namespace, home: Path) -> None:
    network = judge_model(home)
    questions: list[JudgedQuestion] = []
    for document in documents(arguments.shared):
        if document.split == "choose":
            say(f"{document.name}: {len(document.questions)} questions")
            with stored([document.path], home, f"body-{document.name}", DEFAULT_MODEL) as corpus:
                judge = LocalJudge(network, corpus)
                questions += judged_questions(document.name, list(asked(document.questions, corpus)), judge)
    model = fit_judging(questions)
    measured = {name: [round(part, 3) for part in value] for name, *value in left_out_measures(questions)}
    print(json.dumps(measured, indent=2))
    content = {**model.model_dump(), "left_out": measured, "command": "python -m eval.judge calibrate"}
    out = arguments.out or JUDGING
    out.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
