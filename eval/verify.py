"""`python -m eval.verify fit|calibrate|report`: teach and measure the verifier, which says whether a work supports a
statement that cites it.

`fit` trains the network on the written statements, then on the judged claims of the part `fit`, a fifth of whose
abstracts is kept back. `calibrate` fits on that fifth how its scores become probabilities. `report` measures both on
the claims of the part `report`, of which no abstract occurs elsewhere.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import evqa.works
from eval.command_line import exit_code, parser_for, say
from eval.sets import SHARED
from eval.verification.claims import Abstracts, JudgedClaim, judged_claims
from eval.verification.examples import Example, examples, is_kept
from eval.verification.scoring import scored
from evqa.settings import DEFAULT_MODEL
from evqa.works.verdicts import OUTCOMES, VerdictWeights, verdict_weights
from index.disk.folder import model_folder
from index.verification.adapter import ADAPTER
from index.verification.verifier import verifier

WEIGHTS = Path(evqa.works.__file__).with_name("verdicts.json")


def main(argv: Sequence[str] | None = None) -> int:
    """Fit, calibrate or report: exit code 0, or 2 if something fails."""
    parser = parser_for("verify", __doc__)
    parser.add_argument("step", choices=("fit", "calibrate", "report"))
    parser.add_argument("--shared", type=Path, default=SHARED, help="the folder of reference material")
    parser.add_argument("--home", type=Path, help="where the query model is kept (default: a folder that is deleted)")
    parser.add_argument("--out", type=Path, help="what is written (default: what the product uses)")
    arguments = parser.parse_args(argv)

    def run() -> None:
        with TemporaryDirectory() as temporary:
            home = arguments.home or Path(temporary)
            {"fit": _fit, "calibrate": _calibrate, "report": _report}[arguments.step](arguments, home)

    return exit_code(run, failed=2)


def _examples(shared: Path, home: Path, is_wanted: Callable[[JudgedClaim], bool]) -> list[Example]:
    from index.models.embed import load_embedder  # loads PyTorch
    from index.models.export import export

    abstracts = Abstracts(shared / "scifact")
    embedder = load_embedder(DEFAULT_MODEL)
    export(embedder, home)
    judged = [each for each in judged_claims(abstracts) if is_wanted(each)]
    return examples(judged, abstracts, model_folder(home, embedder.fingerprint), say)


def _fit(arguments: argparse.Namespace, home: Path) -> None:
    from safetensors.torch import save_file

    from eval.verification.training import RECIPES, fit
    from index.verification.network import VerifierNetwork

    taught = _examples(arguments.shared, home, lambda each: each.part != "report" and not is_kept(each.document))
    network = VerifierNetwork()
    for parts, recipe in RECIPES.items():
        chosen = [each for each in taught if each.judged.part in parts]
        say(f"{', '.join(parts)}: {len(chosen)} claims")
        fit(network, chosen, recipe, say)
    save_file(network.adapter(), arguments.out or ADAPTER)


def _calibrate(arguments: argparse.Namespace, home: Path) -> None:
    from eval.verification.calibrating import calibrated

    held = _examples(arguments.shared, home, lambda each: each.part == "fit" and is_kept(each.document))
    scores = verifier(home).scores([each.asked for each in held])
    outcomes = [each.outcome for each in held]
    weights = calibrated(scores, outcomes)
    measured = _measured(held, scores.tolist(), weights)
    content = {**weights.model_dump(), "kept_for_it": measured, "command": "python -m eval.verify calibrate"}
    (arguments.out or WEIGHTS).write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(measured, indent=2))


def _report(arguments: argparse.Namespace, home: Path) -> None:
    held = _examples(arguments.shared, home, lambda each: each.part == "report")
    scores = verifier(home).scores([each.asked for each in held]).tolist()
    print(json.dumps(_measured(held, scores, verdict_weights()), indent=2))


def _measured(held: Sequence[Example], scores: Sequence[Sequence[float]], weights: VerdictWeights) -> dict[str, object]:
    """Scores of the pairs that SciFact names, and of all with near abstracts."""
    found: dict[str, object] = {}
    for name, is_in in (("cited", True), ("all", False)):
        chosen = [(each, own) for each, own in zip(held, scores, strict=True) if each.judged.is_cited or not is_in]
        outcomes = [each.outcome for each, _ in chosen]
        documents = [each.judged.document for each, _ in chosen]
        result = scored([own for _, own in chosen], outcomes, documents, weights)
        counts = {outcome: outcomes.count(place) for place, outcome in enumerate(OUTCOMES)}
        found[name] = {**result._asdict(), "counts": counts}
    return found


if __name__ == "__main__":
    sys.exit(main())
