"""The command that measures which works are claimed, on invented articles."""

from pathlib import Path

import pytest

from eval.identifying.entries import Known
from eval.identifying.fit import Source, drawn, fitted_on, threshold
from eval.identifying.measure import Asked, calibration_error, measured
from eval.identifying.records import database
from eval.identity import main
from evqa.model import Name, Reference
from evqa.works.identity import SIGNS, IdentityWeights
from tests.eval.invented_jats import article
from tests.evqa.works.printed import entry, year

PLACES = "river lake coast forest desert tundra meadow harbour island valley cavern glacier".split()
BEASTS = "heron otter lichen falcon plankton beetle moss newt squid thrush fern urchin".split()


def listed(number: int) -> Reference:
    """An entry unlike the others."""
    place, beast = PLACES[number % 12], BEASTS[(number * 5 + number // 12) % 12]
    return entry(
        number=number + 1,
        title=f"Feeding habits of the common {beast} along a {place} of the north, part of survey {number + 100}",
        author=(Name(family=f"{place.title()}son", given="A"), Name(family=f"{beast.title()}er", given="B")),
        issued=year(1990 + number % 30),
        volume=str(10 + number),
        page=f"{100 + 7 * number}-{105 + 7 * number}",
        DOI=f"10.1000/{number}",
    )


ENTRIES = tuple(listed(number) for number in range(24))
KNOWN = [Known("one", each.DOI or "", "printed", each.model_copy(update={"DOI": None})) for each in ENTRIES]


@pytest.mark.slow
def test_weights_are_fitted_and_what_they_claim_is_measured() -> None:
    """Weights for every sign are fitted on some entries; with them the works of the entries are found and claimed."""
    source = Source(database({"one": ENTRIES}, [], 200))
    weights = fitted_on(list(drawn(KNOWN * 3, source)))
    assert set(weights) == set(SIGNS)
    present = [source.look_up(each) for each in KNOWN]
    missing = [source.look_up(each, is_missing=True) for each in KNOWN]
    assert all(each.right is not None for each in present)
    assert all(each.right is None for each in missing)
    used = IdentityWeights(weights=weights, claimed=threshold(weights, present, missing))
    found = measured(KNOWN, source, used, {})
    assert found.identified["printed"].right > 0.8
    assert found.missing.claimed < 0.1
    assert found.wrong["year"].told > 0.8


def test_calibration_is_the_distance_of_scores_from_what_came_true() -> None:
    """Scores of .9 of which nine in ten are right have no error; scores of .9 of which none is have one of .9."""

    def all_at(score: float, rights: int) -> list[Asked]:
        return [
            Asked(reading="printed", is_cross=False, is_found=True, score=score, is_right=place < rights)
            for place in range(10)
        ]

    assert calibration_error(all_at(0.9, 9)) == pytest.approx(0)
    assert calibration_error(all_at(0.9, 0)) == pytest.approx(0.9)


def test_names_of_journals_are_compared(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Abbreviation and name are taken from each file; all pairs of the two are compared."""
    for place, (short, name) in enumerate(
        (("J Moss Res", "Journal of Moss Research"), ("Plant Soil", "Plant and Soil"))
    ):
        told = f'<journal-id journal-id-type="nlm-ta">{short}</journal-id><journal-title>{name}</journal-title>'
        text = article("", "").replace("<front>", f"<front><journal-meta>{told}</journal-meta>")
        (tmp_path / f"{place}.xml").write_text(text, encoding="utf-8")
    assert main([str(tmp_path), "--journals"]) == 0
    own, others = capsys.readouterr().out.splitlines()
    assert own == "2 names with their abbreviation, one journal: 2, told to be two: 0"
    assert others == "2 names with another's, one journal: 0, told to be two: 2"


def test_a_wrong_call_says_how(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Without a folder the usage is printed and the exit code is 2."""
    with pytest.raises(SystemExit, match=r"^2$"):
        main([])
    assert "usage: python -m eval.identity" in capsys.readouterr().err
    assert main([str(tmp_path / "none")]) == 2
    assert capsys.readouterr().err == f"{tmp_path / 'none'}: not a folder; give a folder of JATS XML articles\n"
