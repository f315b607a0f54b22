"""What the reader benchmark prints."""

from typing import Any

from eval.reading.abbreviations import Score
from eval.reading.report import MeasuredFile, groups, render
from eval.reading.score import ArticleScore, Share


def measured(pmc: str, right: int = 4, **changes: Any) -> MeasuredFile:
    """An article with four true links."""
    score = ArticleScore(
        references=4,
        references_found=4,
        titles=Share(right=3, of=4),
        dois=Share(),
        printed_dois=Share(),
        wrong_dois=0,
        links=Score(right, right, 4),
        context=Share(),
        exact_context=Share(),
        sentences=Share(),
        missed={3: 4 - right} if right < 4 else {},
        extra={},
    )
    plain: dict[str, Any] = {
        "pmc": pmc,
        "format": "pdf",
        "style": "[n]",
        "outcome": "read",
        "message": "",
        "seconds": 2.0,
        "cpu": 1.0,
        "megabytes": 90.4,
        "pages": 10,
        "doubts": 0,
        "score": score,
    }
    return MeasuredFile.model_validate({**plain, **changes})


def columns(report: str, line: int) -> dict[str, str]:
    head, row = report.splitlines()[0].replace("links P", "P").split(), report.splitlines()[line].split()
    return dict(zip(head, row, strict=True))


def test_micro_and_macro_average() -> None:
    """F1 is of all links together, macro the mean over articles; pages a second of all time and of the median."""
    rows = [measured("1"), measured("2", right=1, seconds=1.0)]
    found = columns(render(rows), 1)
    assert (found["P"], found["R"], found["macro"]) == ("1.0000", "0.6250", "0.7000")
    assert (found["pages/s"], found["median"], found["p/cpu-s"], found["MB"]) == ("6.7", "7.5", "10.0", "90")
    assert (found["titles"], found["DOIs"]) == ("0.750", "–")


def test_styles_then_all() -> None:
    """Each format has a line a style, in order, then one over all."""
    rows = [measured("1", style="b"), measured("2", style="a"), measured("3", format="xml")]
    assert [(name, style, len(of)) for name, style, of in groups(rows)] == [
        ("pdf", "a", 1),
        ("pdf", "b", 1),
        ("pdf", "all", 2),
        ("xml", "[n]", 1),
        ("xml", "all", 1),
    ]


def test_failures_worst_and_doubts_are_named() -> None:
    """What wasn't read, what is wrong and where the truth is in doubt stands below the table."""
    rows = [measured("1", right=2), measured("2"), measured("3", outcome="hung", message="no answer", doubts=7)]
    report = render(rows)
    assert "not read (1):\n  pdf PMC3 hung: no answer" in report
    assert "worst of 1 with something wrong" in report
    assert "  pdf PMC1 [n]: F1 0.667, missed 3×2" in report
    assert "  PMC3: 7 markers" in report
