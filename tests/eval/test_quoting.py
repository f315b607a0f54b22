"""`python -m eval.quoting`."""

from pathlib import Path

import pytest

from eval.quoting import QuotingReport, main


@pytest.mark.slow
def test_the_sample_is_measured_without_articles(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without reference material the built-in sample is measured: changed ones are found, altered ones told."""
    assert main(["--shared", str(tmp_path), "--count", "30", "--others", "10", "--json"]) == 0
    found = QuotingReport.model_validate_json(capsys.readouterr().out)
    assert (found.documents, found.changed, found.altered) == (1, 30, 30)
    assert min(found.verbatim, found.near, found.right_difference, found.absent) >= 0.9
