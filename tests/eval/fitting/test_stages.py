"""Every stage can be left out, does something, and leaves the product as it is."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from eval.fitting.stages import EVERYTHING, STAGES, Stage, chosen, left_out, matched_without, no_directions
from evqa.answer import STEPS, ask
from evqa.answering.ranking import rank
from evqa.fitted import fitted
from evqa.model import Answer
from evqa.question.understanding import understand
from evqa.refusal.confidence import NAMES
from index.corpus import MATCHING, StoredCorpus, open_corpus
from index.search.directions import Spread

# Of each stage of asking that shows in the sample, a question that it answers otherwise.
QUESTIONS = {
    "parts": "What does the abstract say about tumour vesicles?",
    "position": "How does the abstract end?",
    "numbers": "What does reference 15 support?",
    "author-uses": "What is Whiteside cited for?",
    "facts": "Which references were published in 2021?",
    "slips": "What does the abstrcat say about tumours?",
    "abbreviations": "What do EVs carry?",
    "word-weights": "Which protein on vesicles weakens T cells?",
    "saturation": "Which protein on vesicles weakens T cells?",
    "length-cost": "Which protein on vesicles weakens T cells?",
    "entries": "What is the Warburg effect?",
    "list-cut": "According to the abstract, what sorts of freight do malignant vesicles haul?",
    "margin": "How do vesicles weaken T cells?",
    "rule-absent": "What does Table 9 show?",
    "rule-unknown": "Qwxzt vrblk gnorft?",
    "refusal-odd": "Which protein on tumour vesicles weakens bacteria?",
}


@pytest.fixture(scope="module")
def corpus(bare_home: Path) -> Iterator[StoredCorpus]:
    """The built-in sample."""
    folder = next((bare_home / "corpora").glob("sample.*"))
    with open_corpus(bare_home, folder.name) as found:
        yield found


def seen(answer: Answer) -> tuple[object, ...]:
    """What a reader sees of an answer."""
    return answer.passages, answer.claims, answer.references, answer.confidence


def without(stage: Stage, question: str, corpus: StoredCorpus) -> tuple[object, ...]:
    """What a reader sees of the answer without the stage."""
    with left_out(stage):
        return seen(ask(question, matched_without(stage, corpus), 20, steps=stage.steps))


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.name)
def test_every_stage_names_what_is_left_out(stage: Stage) -> None:
    """Without a stage some step, step of matching or weight is another one, or a generation is published anew."""
    ways = (stage.steps != STEPS, stage.matching != MATCHING, bool(stage.weights), stage.when == "publish")
    assert sum(ways) == 1


def test_weights_are_back_whatever_happens() -> None:
    """A weight is another one while it is left out, and back after an error; one that the product lacks is named."""
    (stage,) = chosen(["length-cost"])
    before = fitted().ranking
    seen_weights = []

    def fail() -> None:
        seen_weights.append(fitted().ranking.length_cost)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), left_out(stage):
        fail()
    assert (seen_weights, fitted().ranking) == ([0.0], before)
    with pytest.raises(LookupError, match="'weight'"), left_out(Stage("x", "…", weights=(("weight", 0.0),))):
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
    """The sample answers otherwise without the stage, and as before with every stage."""
    question = QUESTIONS[name]
    (stage,) = chosen([name])
    before = seen(ask(question, corpus, 20))
    assert without(stage, question, corpus) != before
    assert without(EVERYTHING, question, corpus) == before == seen(ask(question, corpus, 20))


def test_without_carried_numbers(corpus: StoredCorpus) -> None:
    """No claim carries a number that stands in a later sentence; with every stage some do."""
    (stage,) = chosen(["carried"])
    passages = [each for each in ask("vesicles", corpus, 400).passages if any(one.carried for one in each.sentences)]
    assert passages
    for passage in passages:
        assert any(claim.carried for claim in STEPS.claims_of(passage))
        assert not any(claim.carried for claim in stage.steps.claims_of(passage))


def test_without_directions() -> None:
    """Nothing is taken out of token vectors but their length."""
    spread = Spread(4)
    vectors = np.random.default_rng(0).random((50, 4), dtype=np.float32)
    spread.put(vectors)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    assert no_directions(spread).without(vectors) == pytest.approx(vectors / lengths)
    assert spread.directions().without(vectors) != pytest.approx(vectors / lengths)


def test_features_are_held(corpus: StoredCorpus) -> None:
    """A feature that is left out has the value of an answered question, and the others are as they were."""
    (stage,) = chosen(["refusal-unheard"])
    asked = understand("Who won the chess tournament in Reykjavik?", corpus)
    ranking = rank(asked, corpus)
    before, after = (steps.observed(asked, ranking, corpus) for steps in (STEPS, stage.steps))
    at = NAMES.index("unheard")
    assert before is not None
    assert before[at] > 0
    assert after == (*before[:at], 0.0, *before[at + 1 :])
