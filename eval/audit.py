"""`python -m eval.audit DIR`: measure how well the audit finds wrong citations.

Printed citations of real articles are taken as right, and faults are put into them. `--left-out` fits weights on four
fifths of the articles and judges the last fifth, five times. `--fit` does that, then writes weights fitted on all
articles, with these scores, into `evqa/audit/weights.json`.
"""

import argparse
import json
import shlex
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.auditing.articles import Article, articles
from eval.auditing.claims import claim_articles
from eval.auditing.detection import AuditedArticle, Detection, audited_articles, detection
from eval.auditing.fit import fitted_on
from eval.auditing.runs import Candidate, RunScores, candidates, fitted_runs, run_scores
from eval.command_line import add_json, exit_code, parser_for, print_result, say
from eval.runs.collection import load_collection
from evqa.audit.grounds import confidence
from evqa.audit.weights import AuditWeights, shipped
from evqa.errors import UsageError

FOLDS = 5
FILE = Path(__file__).resolve().parents[1] / "evqa" / "audit" / "weights.json"


def main(argv: Sequence[str] | None = None, file: Path = FILE) -> int:
    """Measure the audit and print the result; with --fit, write fitted weights into `file`."""
    arguments = _parser().parse_args(argv)
    return exit_code(lambda: _print_detections(arguments, file))


def _print_detections(arguments: argparse.Namespace, file: Path) -> None:
    with nullcontext(arguments.home) if arguments.home else TemporaryDirectory() as folder:
        home = Path(folder)
        detections = _claims(arguments, home) if arguments.beir else _articles(arguments, home, file)
    for name, result in detections.items():
        heading = [name] if len(detections) > 1 else []
        print_result(result, [*heading, *result.lines(), ""], arguments.json)


def _articles(arguments: argparse.Namespace, home: Path, file: Path) -> dict[str, Detection]:
    if arguments.articles is None:
        raise UsageError("", "nothing to audit", "give a folder of articles, or a collection with --beir")
    loaded = articles(arguments.articles, home, arguments.only or (), say)
    if not loaded:
        reason = "no article with ten citing statements and ten entries or more"
        raise UsageError(arguments.articles, reason, "name another folder")
    if not (arguments.left_out or arguments.fit):
        return {"articles": detection(audited_articles(loaded, shipped()))}
    audited, scores, held = left_out(loaded)
    result = detection(audited).model_copy(update={"runs": scores})
    if arguments.fit:
        weights = fitted_on(loaded).model_copy(update={"run": fitted_runs(held)})
        _write(file, weights, result, ["--fit", str(arguments.articles)])
    return {"articles": result}


def _claims(arguments: argparse.Namespace, home: Path) -> dict[str, Detection]:
    """The collection audited twice: with only the titles of the cited works known, and with their abstracts too."""
    if arguments.fit or arguments.left_out or arguments.articles:
        raise UsageError("--beir", "can't be combined with a folder, --fit or --left-out", "leave these out")
    collection = load_collection(arguments.beir)
    return {
        name: detection(audited_articles(claim_articles(collection, home, with_texts, say), shipped()))
        for name, with_texts in (("titles alone", False), ("titles and abstracts", True))
    }


def left_out(loaded: Sequence[Article]) -> tuple[list[AuditedArticle], RunScores, list[Candidate]]:
    """Audit each article with weights fitted without it: every fifth article is left out together.

    Returns the audits, how sure they are of runs, and the runs, each found by weights fitted without its article.
    Raises UsageError if there are fewer than ten articles.
    """
    if len(loaded) < 2 * FOLDS:
        step = f"name a folder with {2 * FOLDS} or more"
        raise UsageError(f"{len(loaded)} articles", f"can't be divided by {FOLDS}", step)
    folds = [loaded[fold::FOLDS] for fold in range(FOLDS)]
    weights, held = [], []
    for fold, inside in enumerate(folds):
        say(f"fitting without fold {fold + 1} of {FOLDS}")
        weights.append(fitted_on([article for at, other in enumerate(folds) if at != fold for article in other]))
        held.append(candidates(inside, weights[-1]))
    audited: list[AuditedArticle] = []
    judged: list[tuple[Candidate, float]] = []
    for fold, inside in enumerate(folds):
        say(f"auditing fold {fold + 1} of {FOLDS}")
        run = fitted_runs([each for at, other in enumerate(held) if at != fold for each in other])
        audited += audited_articles(inside, weights[fold].model_copy(update={"run": run}))
        judged += [(each, confidence(each.run.grounds, run) if each.run else 0.0) for each in held[fold]]
    return audited, run_scores(judged), [each for other in held for each in other]


def _write(file: Path, weights: AuditWeights, left_out: Detection, arguments: Sequence[str]) -> None:
    scores = {"left_out": left_out.model_dump(), "command": f"python -m eval.audit {shlex.join(arguments)}"}
    file.write_text(json.dumps(weights.model_dump() | scores, indent=2) + "\n", encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = parser_for("audit", __doc__)
    parser.add_argument(
        "articles", type=Path, nargs="?", metavar="DIR", help="a folder of articles with a manifest.tsv"
    )
    parser.add_argument("--beir", type=Path, metavar="DIR", help="audit claims of a collection in BEIR's layout")
    parser.add_argument("--only", nargs="+", metavar="PMC", help="audit only these articles")
    parser.add_argument("--left-out", action="store_true", help="judge each article with weights fitted on others")
    parser.add_argument("--fit", action="store_true", help="do that, then write weights fitted on all articles")
    parser.add_argument("--home", type=Path, help="folder that keeps the embedded articles for the next run")
    add_json(parser)
    return parser


if __name__ == "__main__":
    sys.exit(main())
