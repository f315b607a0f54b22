"""Hand-made records, and one ingested sample that all tests of the command line share."""

import shutil
from pathlib import Path

import pytest

from api.cli.main import main
from evqa.model import (
    Answer,
    Claim,
    CorpusState,
    Date,
    Heading,
    Home,
    Integrity,
    Name,
    RankedPassage,
    Reference,
    Statement,
    Unresolved,
)
from tests.api.running import LICHEN, MOSS, Ran, Run, written

TEXT = "Vesicles carry PD-L1 (1). They bind the antibody."


@pytest.fixture
def references() -> tuple[Reference, ...]:
    """A plain entry, a consortium's with every character that a format gives a meaning to, and one bare entry."""
    return (
        Reference(
            number=1,
            document="d-1",
            title="Exosomal PD-L1 and TGF-β in the T cell",
            author=(Name(family="van der Berg", given="J"), Name(family="Müller-Lüdenscheidt", given="A")),
            container_title="Cell Mol Immunol",
            issued=Date(date_parts=((2022, 5),)),
            volume="19",
            issue="3",
            page="1290–301",
            DOI="10.1002/(SICI)1097-0142(19970815)80:4<760::AID-X>3.0.CO;2-#",
            raw="1. van der Berg J. Exosomal PD-L1.",
        ),
        Reference(
            number=2,
            document="d-1",
            title="50% of A&B_{x} cost $5 #1 ~ ^ \\ @article{fake, }",
            author=(Name(literal="The Cancer Genome Atlas and Friends, Inc."),),
            raw="2. line one\nER  - line two",
        ),
        Reference(number=3, document="d-1", raw="3. Nothing is known but this."),
    )


@pytest.fixture
def passage() -> RankedPassage:
    """A passage of two sentences; the first prints a number, the second has it carried to it."""
    return RankedPassage(
        id="p-1",
        rank=1,
        score=0.83,
        kind="prose",
        document=Home(id="d-1", title="A review of vesicles"),
        section=Heading(number="4", title="Resistance to therapy"),
        page=7,
        start=100,
        end=100 + len(TEXT),
        text=TEXT,
        sentences=(Statement(start=100, end=125, references=(1,)), Statement(start=126, end=149, carried=(2,))),
        references=(1,),
        label="Table 1",
    )


@pytest.fixture
def answer(passage: RankedPassage, references: tuple[Reference, ...]) -> Answer:
    """An answer of one claim with a direct and a carried number."""
    return Answer(
        question="What do vesicles carry?",
        status="answered",
        confidence=0.91,
        answer=TEXT,
        claims=(Claim(text=TEXT, passage="p-1", start=100, end=149, references=(1,), carried=(2,)),),
        references=references[:2],
        passages=(passage,),
        corpus=CorpusState(name="default", fingerprint="f", documents=1),
    )


@pytest.fixture
def refusal(answer: Answer) -> Answer:
    """A refusal that still shows its nearest passage."""
    nothing = {"answer": "", "claims": (), "references": (), "warnings": ("Table 9 isn't there",)}
    return answer.model_copy(update={**nothing, "status": "insufficient_evidence", "confidence": 0.12})


@pytest.fixture
def unsound() -> Integrity:
    """A report with every kind of defect."""
    wrong = Unresolved(marker="(97)", start=12, end=16, missing=(97,), reason="the list ends at 90")
    return Integrity(
        references=87,
        contiguous=False,
        missing=(17, 18, 19),
        duplicates=(4,),
        citations=118,
        unresolved=(wrong,),
        never_cited=(54,),
        without_doi=(1, 2),
        warnings=("two headings are numbered 3",),
    )


@pytest.fixture(scope="session")
def home(bare_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the sample as the default corpus."""
    folder = tmp_path_factory.mktemp("home") / "evqa"
    shutil.copytree(bare_home, folder)
    next((folder / "corpora").glob("sample.*")).rename(folder / "corpora" / "default")
    return folder


@pytest.fixture
def evqa(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in this process."""

    def run(*arguments: object) -> Ran:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return run


@pytest.fixture
def asked(home: Path, evqa: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in this process, in the home that holds the sample."""
    monkeypatch.setenv("EVQA_HOME", str(home))
    return evqa


@pytest.fixture
def moss(tmp_path: Path) -> Path:
    """A sound review of four references."""
    return written(tmp_path / "moss.md", MOSS)


@pytest.fixture
def gap(tmp_path: Path) -> Path:
    """The same without entry 3."""
    return written(tmp_path / "gap.md", "\n".join(line for line in MOSS.split("\n") if not line.startswith("3. ")))


@pytest.fixture(scope="session")
def plants_home(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a corpus `plants` of two reviews, on moss and on lichen, whose numbers are the same; not to be
    changed."""
    folder = tmp_path_factory.mktemp("plants")
    (folder / "home").mkdir()
    (folder / "home" / "models").symlink_to(home / "models")
    files = [written(folder / "moss.md", MOSS), written(folder / "lichen.md", LICHEN)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EVQA_HOME", str(folder / "home"))
        assert main(["ingest", *map(str, files), "--corpus", "plants"]) == 0
    return folder / "home"


@pytest.fixture
def in_plants(plants_home: Path, evqa: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in the home that holds the corpus `plants`, and no other."""
    monkeypatch.setenv("EVQA_HOME", str(plants_home))
    return evqa
