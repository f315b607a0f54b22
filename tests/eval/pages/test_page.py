"""Pages hold everything, ask for nothing, and show hostile words as words."""

import re
from html.parser import HTMLParser

import pytest

from eval.measures.measurement import Estimate
from eval.measures.scoring import CALIBRATION, CITATIONS, CONFIDENCE, DECISION, REFERENCES, RETRIEVAL, SELECTIVE
from eval.pages.page import MEANING, VERDICTS, collection_page, comparison_page, report_page
from eval.report.comparing import compare
from eval.report.outcomes import outcomes
from eval.report.report import Latency, answering, measure
from eval.retrieval.beir import CollectionReport
from eval.runs.gold import GoldQuestion
from eval.runs.run import Response, SystemRun

HOSTILE = "</title></svg><script>alert(1)</script><img src=x onerror='alert(2)'> & \"quoted\""
VOID = {"meta"}


def question(name: str, kind: str = "factoid", **fields: object) -> GoldQuestion:
    answerable = {
        "references": [1],
        "evidence": [{"anchor": f"{name} is the anchor"}],
        "answer": HOSTILE,
        "overlap": "low",
    }
    said = {"why": HOSTILE} if kind == "unanswerable" else answerable
    return GoldQuestion.model_validate({"id": name, "question": f"{HOSTILE} {name}?", "kind": kind} | said | fields)


GOLD = [question("one"), question("two", "list"), question("none", "unanswerable"), question("silent")]


def response(name: str, text: str, **fields: object) -> Response:
    hits = [{"score": 1, "text": text}]
    claims = [{"text": text, "references": [1]}]
    given = {"references": [1], "confidence": 0.8, "status": "answered", "claims": claims}
    return Response.model_validate({"id": name, "ms": 3, "hits": hits} | given | fields)


REFUSED = {"status": "insufficient_evidence", "confidence": 0.1, "references": [], "claims": []}
RUN = SystemRun(
    responses=(
        response("one", f"{HOSTILE} one is the anchor"),
        response("two", f"{HOSTILE} nothing"),
        response("none", HOSTILE, **REFUSED),
    )
)
OTHER = SystemRun(responses=(response("one", HOSTILE), response("two", "two is the anchor"), response("none", "x")))


class Read(HTMLParser):
    """What a browser makes of a page: its elements, attributes and words; elements must be closed in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.words: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def the_report() -> str:
    report = measure(GOLD, RUN, f"{HOSTILE}.jsonl", HOSTILE, 2_500_000)
    return report_page(report, outcomes(GOLD, answering(GOLD, RUN, "gold", "run")))


def the_comparison() -> str:
    return comparison_page(compare(GOLD, (HOSTILE, RUN), ("other", OTHER), "gold.jsonl"))


def the_collection() -> str:
    overall = {"nDCG@10": Estimate(value=0.7, low=0.6, high=0.8, questions=9)}
    report = CollectionReport(
        collection=HOSTILE, judgements=("test.tsv",), system=HOSTILE, documents=9, queries=9, missing=(HOSTILE,),
        latency=Latency(p50=1, p95=2, p99=3), index_bytes=None, overall=overall,
    )  # fmt: skip
    return collection_page(report, [1, 2, 3])


PAGES = {"report": the_report, "comparison": the_comparison, "collection": the_collection}


@pytest.mark.parametrize("kind", PAGES)
def test_hostile_words_are_shown_as_words(kind: str) -> None:
    """Markup in questions, passages and names is no markup of the page; every element is closed."""
    read = Read(PAGES[kind]())
    assert read.open == []
    assert not read.tags & {"script", "img", "iframe", "object", "link", "base", "form"}
    assert not {name for name in read.attributes if name.startswith("on")}
    assert "<script>alert(1)</script>" in read.text


@pytest.mark.parametrize("kind", PAGES)
def test_pages_ask_for_nothing(kind: str) -> None:
    """Nothing is fetched: no address in an attribute or in the style, and the page forbids it to itself."""
    page = PAGES[kind]()
    assert not Read(page).attributes & {"src", "href", "xlink:href", "action", "srcset", "data"}
    assert "url(" not in page
    assert "@import" not in page
    assert "default-src 'none'" in page


def test_a_report_shows_figures_plots_and_questions() -> None:
    """Every measure, the six plots, and each question with what was expected and what came."""
    page = the_report()
    text = Read(page).text
    for title in ("By kind of question", "By overlap", "Risk and coverage", "Calibration of confidence", "Latency"):
        assert title in text
    assert all(name in text for name in measure(GOLD, RUN, "g", "s").overall)
    assert "Evidence in passage 1" in text
    assert "Evidence not found" in text
    assert "No response." in text
    assert "1 without response, scored as wrong: silent" in text
    assert "Corpus on disk 2.5 MB" in text
    assert page.count('<details class="question">') == len(GOLD)
    assert re.findall(r'<span class="count">(\d+)</span>', page) == ["2", "2"]


def test_a_comparison_shows_wins_and_losses() -> None:
    """Differences with their p values, and the questions that differ with what came from both."""
    text = Read(the_comparison()).text
    assert "b is better on 1 questions" in text
    assert "a is better on 2 questions" in text
    assert "Came from a" in text
    assert "passage 1 · F1 1.00 → not found · F1 1.00" in text


def test_a_run_of_passages_alone_has_a_page() -> None:
    """Without references, confidence, status and claims the page lacks what rests on them and nothing else."""
    bare = SystemRun(responses=tuple(Response(id=one.id, ms=one.ms, hits=one.hits) for one in RUN.responses))
    text = Read(report_page(measure(GOLD, bare, "g", "s"), outcomes(GOLD, bare.by_id()))).text
    assert "Risk and coverage" not in text
    assert VERDICTS["undecided"] in text


def test_numbers_are_placed() -> None:
    """No coordinate of a plot is missing or not a number."""
    for build in PAGES.values():
        found = re.findall(r' (?:x|y|x1|x2|y1|y2|cx|cy|width|height|points)="([^"]*)"', build())
        assert found
        assert not [value for value in found if not value or "nan" in value or "inf" in value]


def test_every_measure_is_explained() -> None:
    """Each measure has a few words beside its name."""
    names = {*RETRIEVAL, *REFERENCES, *CITATIONS, *CONFIDENCE, *SELECTIVE, *CALIBRATION, *DECISION}
    assert not names - MEANING.keys()
