"""`python -m eval.identity FOLDER`: measure which works are taken for those that printed entries name.

Entries of the XML articles in FOLDER are looked up without their DOIs among 50,000 made records. Half of the articles
are fitted on; the figures are of the other half.
"""

import argparse
import json
import shlex
import sys
from collections.abc import Sequence
from itertools import product
from pathlib import Path

from eval.command_line import add_json, exit_code, parser_for, print_result, say
from eval.identifying.entries import Known, articles, is_fitted_on, journal_names, known, read_from_pdf
from eval.identifying.fit import Source, drawn, fitted_on, threshold
from eval.identifying.measure import lines, measured
from eval.identifying.records import database
from evqa.errors import UsageError
from evqa.works.identity import IdentityWeights, shipped
from evqa.works.journals import is_one_journal, is_other_journal
from evqa.works.same_work import plain_doi

RECORDS = 50_000
WEIGHTS = Path(__file__).resolve().parents[1] / "evqa" / "works" / "identity.json"


def main(argv: Sequence[str] | None = None) -> int:
    """Print the figures: exit code 0, 2 for wrong arguments, 4 if an article can't be read."""
    arguments = _parser().parse_args(argv)
    given = list(sys.argv[1:] if argv is None else argv)
    return exit_code(lambda: _run(arguments, given), failed=4)


def _run(arguments: argparse.Namespace, given: Sequence[str]) -> None:
    if not arguments.articles.is_dir():
        raise UsageError(arguments.articles, "not a folder", "give a folder of JATS XML articles")
    if arguments.journals:
        print("\n".join(_journals(journal_names(arguments.articles))))
        return
    bibliographies = articles(arguments.articles)
    base: dict[str, str] = {}
    for article, listed in bibliographies.items():
        for entry in listed:
            if entry.DOI and entry.title:
                base.setdefault(plain_doi(entry.DOI), article)
    say("making records")
    source = Source(database(bibliographies, _titles(arguments.titles), arguments.records))
    weights = shipped() if not arguments.fit else _fitted(list(known(bibliographies, is_fitted_on)), source)
    half = is_fitted_on if arguments.fitted_half else lambda article: not is_fitted_on(article)
    entries = list(known(bibliographies, half))
    if arguments.pdf:
        say("reading PDF files")
        entries += read_from_pdf(arguments.pdf, bibliographies, half)
    say(f"looking {len(entries)} entries up")
    result = measured(entries, source, weights, base)
    if arguments.fit:
        scores = {"left_out": result.model_dump(), "command": f"python -m eval.identity {shlex.join(given)}"}
        WEIGHTS.write_text(json.dumps(weights.model_dump() | scores, indent=2) + "\n", encoding="utf-8")
    print_result(result, lines(result), arguments.json)


def _fitted(entries: Sequence[Known], source: Source) -> IdentityWeights:
    say(f"fitting on {len(entries)} entries")
    weights = fitted_on(list(drawn(entries, source)))
    printed = [each for each in entries if each.reading == "printed"]
    present = [source.look_up(each) for each in printed]
    missing = [source.look_up(each, is_missing=True) for each in printed]
    return IdentityWeights(weights=weights, claimed=threshold(weights, present, missing))


def _journals(names: Sequence[tuple[str, str]]) -> list[str]:
    """How names of journals compare with their own abbreviations, and with those of others."""
    others = [(short, name) for (short, own), (_, name) in product(names, names) if own != name]
    return [
        f"{len(names)} names with their abbreviation, one journal: {sum(is_one_journal(*each) for each in names)},"
        f" told to be two: {sum(is_other_journal(*each) for each in names)}",
        f"{len(others)} names with another's, one journal: {sum(is_one_journal(*each) for each in others)},"
        f" told to be two: {sum(is_other_journal(*each) for each in others)}",
    ]


def _titles(file: Path | None) -> list[str]:
    """The titles of a collection in BEIR's layout."""
    if file is None:
        return []
    with file.open(encoding="utf-8") as documents:
        return [json.loads(line)["title"] for line in documents]


def _parser() -> argparse.ArgumentParser:
    parser = parser_for("identity", __doc__)
    parser.add_argument("articles", type=Path, metavar="FOLDER", help="a folder of JATS XML articles")
    parser.add_argument("--titles", type=Path, metavar="FILE", help="works besides: the corpus.jsonl of a collection")
    parser.add_argument("--pdf", type=Path, metavar="DIR", help="look the entries up as read from these PDFs, too")
    parser.add_argument("--records", type=int, default=RECORDS, help=f"how many records to make (default {RECORDS})")
    parser.add_argument("--fit", action="store_true", help="fit on one half, measure on the other, write the weights")
    parser.add_argument("--fitted-half", action="store_true", help="measure on the half that was fitted on")
    parser.add_argument("--journals", action="store_true", help="only compare the names of the articles' journals")
    add_json(parser)
    return parser


if __name__ == "__main__":
    sys.exit(main())
