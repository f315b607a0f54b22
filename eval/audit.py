"""How well wrong citations are found: real articles, whose printed citations are taken as right, with seeded faults.

`--left-out` fits on four fifths of the articles and judges the fifth, for each; `--fit` does that and writes the
weights fitted on all of them, with these scores, into `evqa/audit/weights.json`.
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
from eval.auditing.detection import Detection, Seen, detection, seen
from eval.auditing.fit import fitted_on
from eval.runs.collection import load_collection
from evqa.audit.weights import AuditWeights, shipped
from evqa.errors import EvqaError, UsageError

FOLDS = 5
FILE = Path(__file__).resolve().parents[1] / "evqa" / "audit" / "weights.json"


def main(argv: Sequence[str] | None = None, file: Path = FILE) -> int:
    """Measures, and fits where that is asked; 2 or 1 and one line on stderr when something fails."""
    given = _parser().parse_args(argv)
    try:
        with nullcontext(given.home) if given.home else TemporaryDirectory() as home:
            found = _claims(given, Path(home)) if given.beir else _articles(given, Path(home), file)
    except EvqaError as error:
        print(error, file=sys.stderr)
        return 2 if isinstance(error, UsageError) else 1
    for name, each in found.items():
        lines = [name, *each.lines()] if len(found) > 1 else each.lines()
        print(each.model_dump_json() if given.json else "\n".join([*lines, ""]))
    return 0


def _articles(given: argparse.Namespace, home: Path, file: Path) -> dict[str, Detection]:
    if given.articles is None:
        raise UsageError("", "nothing to audit", "give a folder of articles, or a collection with --beir")
    held = articles(given.articles, home, given.only or (), _say)
    if not held:
        reason = "no article with ten citing statements and ten entries or more"
        raise UsageError(given.articles, reason, "name another folder")
    found = detection(left_out(held) if given.left_out or given.fit else seen(held, shipped()))
    if given.fit:
        _write(file, fitted_on(held), found, ["--fit", str(given.articles)])
    return {"articles": found}


def _claims(given: argparse.Namespace, home: Path) -> dict[str, Detection]:
    """By what is known of the works: their titles, or their abstracts, too. Each prints a line of JSON of its own."""
    if given.fit or given.left_out or given.articles:
        raise UsageError("--beir", "measured alone and with the weights there are", "leave the rest out")
    collection = load_collection(given.beir)
    return {
        told: detection(seen(claim_articles(collection, home, with_texts, _say), shipped()))
        for told, with_texts in (("titles alone", False), ("titles and abstracts", True))
    }


def left_out(held: Sequence[Article]) -> list[Seen]:
    """What is seen of each article by weights that were fitted without it; every fifth is left out together."""
    if len(held) < 2 * FOLDS:
        step = f"name a folder with {2 * FOLDS} or more"
        raise UsageError(f"{len(held)} articles", f"can't be divided by {FOLDS}", step)
    found = []
    for fold in range(FOLDS):
        _say(f"fitting without fold {fold + 1} of {FOLDS}")
        weights = fitted_on([each for place, each in enumerate(held) if place % FOLDS != fold])
        found += seen([each for place, each in enumerate(held) if place % FOLDS == fold], weights)
    return found


def _write(file: Path, weights: AuditWeights, found: Detection, arguments: Sequence[str]) -> None:
    scores = {"left_out": found.model_dump(), "command": f"python -m eval.audit {shlex.join(arguments)}"}
    file.write_text(json.dumps(weights.model_dump() | scores, indent=2) + "\n", encoding="utf-8")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.audit", description=(__doc__ or "").split("\n")[0])
    parser.add_argument(
        "articles", type=Path, nargs="?", metavar="DIR", help="a folder of articles, manifest.tsv in it"
    )
    parser.add_argument("--beir", type=Path, metavar="DIR", help="claims of a collection in BEIR's layout instead")
    parser.add_argument("--only", nargs="+", metavar="PMC", help="only these articles")
    parser.add_argument("--left-out", action="store_true", help="fit on other articles than are judged")
    parser.add_argument("--fit", action="store_true", help="the same, and write the weights fitted on all of them")
    parser.add_argument("--home", type=Path, help="where articles are kept embedded for the next time")
    parser.add_argument("--json", action="store_true", help="print JSON")
    return parser


if __name__ == "__main__":
    sys.exit(main())
