"""Every stage can be turned off, does something, and is back afterwards."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

from eval.fitting.stages import STAGES, Replacement, Stage, chosen, off, replaced
from evqa.answer import ask
from evqa.fitted import fitted
from evqa.model import Answer
from evqa.refusal.features import NAMES
from index.corpus import StoredCorpus, open_corpus
from index.search.directions import Spread
from ingest.passages import passages
from ingest.reader import read
from ingest.sample import sample_path

# Of each stage of asking that shows in the sample, a question that it answers otherwise.
QUESTIONS = {
    "parts": "What does the abstract say about tumour vesicles?",
    "parts-several": "Which protein is named in Tables 1 and 2?",
    "parts-labels": "Which drugs does Table 2 list?",
    "parts-numbers": "What weakens T cells according to section 2?",
    "parts-roles": "What does the abstract say about tumour vesicles?",
    "facts-authors": "Which references are by Whiteside?",
    "facts-years": "Which references were published in 2021?",
    "facts-journals": "Which references appeared in Nature?",
    "facts-order": "What is the oldest reference?",
    "main-text": "Which references in the main text describe engineered vesicles?",
    "position": "How does the abstract end?",
    "printed-order": "What does reference 3 support?",
    "numbers": "What does reference 15 support?",
    "author-uses": "What is Whiteside cited for?",
    "facts": "Which references were published in 2021?",
    "frame-words": "Which references describe the loading of drugs into vesicles?",
    "slips": "What does the abstrcat say about tumours?",
    "respelling": "How do tumor exosmes weaken T cells?",
    "abbreviations": "What do EVs carry?",
    "word-weights": "Which protein on vesicles weakens T cells?",
    "saturation": "Which protein on vesicles weakens T cells?",
    "late-over-dense": "Which protein on vesicles weakens T cells?",
    "late-over-bm25": "Which protein on vesicles weakens T cells?",
    "length-cost": "Which protein on vesicles weakens T cells?",
    "citing": "Which references describe the loading of drugs into vesicles?",
    "spelling": "What does EV stand for?",
    "entries": "What is the Warburg effect?",
    "order-of-use": "For which statement does section 4 cite reference 37?",
    "list-cut": "According to the abstract, what sorts of freight do malignant vesicles haul?",
    "margin": "How do vesicles weaken T cells?",
    "rule-absent": "What does Table 9 show?",
    "rule-unknown": "Qwxzt vrblk gnorft?",
    "refusal-no-quantity": "What dose of vesicles was given?",
    "refusal-unstable": "What do vesicles do to the kidney?",
    "refusal-odd": "Which protein on tumour vesicles weakens bacteria?",
}


def place(target: str) -> tuple[object, str]:
    """Who holds a target, and its name there."""
    module, _, path = target.partition(":")
    owner: object = import_module(module)
    *outer, name = path.split(".")
    for each in outer:
        owner = getattr(owner, each)
    return owner, name


def held(stage: Stage) -> list[object]:
    """What the product has at the stage's targets, and its weights."""
    found = [vars(owner)[name] for owner, name in (place(each.target) for each in stage.replaced)]
    return [*found, *(getattr(fitted().ranking, name) for name, _ in stage.weights)]


@pytest.fixture(scope="module")
def corpus(bare_home: Path) -> Iterator[StoredCorpus]:
    """The built-in sample."""
    folder = next((bare_home / "corpora").glob("sample.*"))
    with open_corpus(bare_home, folder.name) as found:
        yield found


def seen(answer: Answer) -> tuple[object, ...]:
    """What a reader sees of an answer."""
    return answer.passages, answer.claims, answer.references, answer.confidence


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.name)
def test_every_stage_is_off_and_on_again(stage: Stage) -> None:
    """What a stage names is there, is another thing while it is off, and is back even after an error."""
    before = held(stage)
    assert before
    without: list[object] = []

    def fail() -> None:
        without.extend(held(stage))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), off(stage):
        fail()
    assert all(now != was or now == 0 for now, was in zip(without, before, strict=True))
    assert held(stage) == before


def test_what_is_gone_is_noticed() -> None:
    """A function, class or weight that the product lacks is named, and nothing stays replaced."""
    gone = Stage(
        "x",
        "…",
        (
            Replacement("evqa.question.scope.parts:find_parts", str),
            Replacement("evqa.question.scope.parts:find_nothing", str),
        ),
    )
    kept = import_module("evqa.question.scope.parts").find_parts
    with pytest.raises(LookupError, match="find_nothing isn't there"), off(gone):
        pass
    assert import_module("evqa.question.scope.parts").find_parts is kept
    with pytest.raises(LookupError, match="'weight'"), off(Stage("x", "…", weights=(("weight", 0.0),))):
        pass


def test_stages_are_told_apart() -> None:
    """Names are unique, every stage says what it does, and every feature of refusal has one."""
    names = [stage.name for stage in STAGES]
    assert len(set(names)) == len(names)
    assert all(stage.worth for stage in STAGES)
    assert {f"refusal-{name.replace('_', '-')}" for name in NAMES} <= set(names)


def test_chosen() -> None:
    """Those that are named, in the order of the table; all without names."""
    assert [stage.name for stage in chosen(["carried", "parts"])] == ["parts", "carried"]
    assert chosen([]) == STAGES
    with pytest.raises(KeyError, match="nonsense"):
        chosen(["parts", "nonsense"])


@pytest.mark.parametrize("name", QUESTIONS)
def test_without_a_stage_of_asking(name: str, corpus: StoredCorpus) -> None:
    """The sample answers otherwise without the stage, and as before when it is on again."""
    question = QUESTIONS[name]
    before = seen(ask(question, corpus, 20))
    with off(*chosen([name])):
        assert seen(ask(question, corpus, 20)) != before
    assert seen(ask(question, corpus, 20)) == before


@pytest.mark.parametrize("name", ["abbreviations-indexed", "marker-removal", "column-names", "entry-fields"])
def test_without_a_stage_of_indexing(name: str) -> None:
    """What is indexed of the sample differs without the stage; what is returned doesn't."""
    document = read(sample_path())
    before = passages(document)
    with off(*chosen([name])):
        without = passages(document)
    assert [each.indexed for each in without] != [each.indexed for each in before]
    assert [each.text for each in without] == [each.text for each in before]


def test_without_directions() -> None:
    """Nothing is taken out of token vectors but their length."""
    spread = Spread(4)
    vectors = np.random.default_rng(0).random((50, 4), dtype=np.float32)
    spread.put(vectors)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    with off(*chosen(["directions"])):
        assert spread.directions().without(vectors) == pytest.approx(vectors / lengths)
    assert spread.directions().without(vectors) != pytest.approx(vectors / lengths)


def test_features_are_held(corpus: StoredCorpus) -> None:
    """A feature that is off has the value of an answered question, and the others are as they were."""
    noted: list[list[float]] = []
    question = "Who won the chess tournament in Reykjavik?"

    def note(values: list[float]) -> float:
        noted.append(list(values))
        return 1.0

    with replaced(Replacement("evqa.answer:probability", lambda _: note)):
        ask(question, corpus)
        with off(*chosen(["refusal-unheard"])):
            ask(question, corpus)
    (before, after), at = noted, NAMES.index("unheard")
    assert before[at] > 0
    assert after == [*before[:at], 0.0, *before[at + 1 :]]
