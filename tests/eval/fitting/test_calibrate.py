"""The confidence model is fitted on sets, and its threshold chosen on each left out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.fitting.calibrate import FeatureTable, confidence_model, fit, inner_auroc, left_out
from evqa.errors import UsageError
from evqa.fitted import shipped
from evqa.refusal.confidence import NAMES, SIGNS

DOUBT = shipped().confidence.doubt


def table(name: str, informative: bool = True, count: int = 60, seed: int = 0) -> FeatureTable:
    """Made-up values; informative ones part the two kinds of question as `SIGNS` says."""
    answerable = (np.arange(count) % 3 > 0).astype(float)
    noise = np.random.default_rng(seed).random((count, len(NAMES)))
    shift = 0.6 * np.outer(answerable - 0.5, SIGNS) if informative else 0
    return FeatureTable(name, noise + shift, answerable, np.zeros(count, dtype=bool))


def test_left_out() -> None:
    """A set's confidence comes from the other sets alone: its own labels, turned round, don't change it."""
    lawful = [table("a", seed=1), table("b", seed=2)]
    contrary = table("c", seed=3)
    turned = contrary._replace(answerable=1 - contrary.answerable)
    assert left_out([*lawful, contrary])[2] == pytest.approx(left_out([*lawful, turned])[2])
    assert inner_auroc([*lawful, contrary]) > inner_auroc([*lawful, turned])


def test_good_features() -> None:
    """What parts the questions in every set parts those of one left out; the threshold refuses few answerable ones."""
    tables = [table(name, seed=seed) for seed, name in enumerate("abc")]
    assert inner_auroc(tables) > 0.9
    model = confidence_model(tables, DOUBT)
    found = np.concatenate(left_out(tables))
    answerable = np.concatenate([each.answerable for each in tables]) == 1
    assert 0.02 <= (found[answerable] < model.threshold).mean() <= 0.06
    assert model.doubt == DOUBT


@given(st.integers(0, 20))
def test_signs(seed: int) -> None:
    """No weight takes the direction that sense forbids, whatever the data."""
    weights = fit([table("noise", informative=False, seed=seed)]).weights
    assert all(weight * sign >= 0 for weight, sign in zip(weights, SIGNS, strict=True))


def test_least_loss() -> None:
    """The fit is scikit-learn's where no sign is in the way."""
    from sklearn.linear_model import LogisticRegression

    data = table("a", count=200)
    spread = data.values.std(axis=0)
    expected = LogisticRegression(C=1.0, max_iter=1000, tol=1e-9).fit(data.values / spread, data.answerable)
    found = fit([data])
    assert found.weights * spread == pytest.approx(expected.coef_[0], abs=1e-3)


def test_rules() -> None:
    """What a rule refuses has no confidence and isn't fitted on."""
    data = table("a")
    refused = data._replace(refused=np.arange(60) % 6 == 0)
    model = fit([refused])
    assert (model.confidence(refused)[refused.refused] == 0).all()
    spoilt = refused._replace(values=np.where(refused.refused[:, None], 9.0, refused.values))
    assert fit([spoilt]).weights == pytest.approx(model.weights)


def test_too_little() -> None:
    """One set alone, or one without unanswerable questions, is refused with the next step."""
    with pytest.raises(UsageError, match="--set twice"):
        confidence_model([table("a")], DOUBT)
    answered = table("b")
    with pytest.raises(UsageError, match="b: needs both"):
        confidence_model([table("a"), answered._replace(answerable=np.ones(60))], DOUBT)
