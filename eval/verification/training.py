"""Fit the verifier's network: first on the written statements, then on judged claims."""

import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from eval.fitting.running_mean import towards
from eval.verification.claims import Part
from eval.verification.examples import Example
from index.verification.inputs import SENTENCES, inputs
from index.verification.network import VerifierNetwork

# Which sentences are shown while it learns: mostly those that show the verdict among the nearest ones, as in a work
# whose right sentences were found, else the nearest alone; the others of a pair are drawn from some more.
SHOWN, SHUFFLED, AMONG = 0.7, 0.3, 6
SMOOTHED, CLIPPED = 0.05, 1.0
WARM_UP, LEAST = 0.06, 0.02
REPORTED = 100


@dataclass(frozen=True)
class Recipe:
    """How to train: passes over the examples, learning rate, examples in a step, weight decay, and how much of the
    running mean of the weights stays at a step."""

    epochs: float
    rate: float
    together: int = 32
    decay: float = 0.05
    kept: float = 0.998
    seed: int = 1


# First what a verdict is, on many statements that share no words with the abstracts, then how claims are made.
RECIPES: Mapping[tuple[Part, ...], Recipe] = {
    ("review", "atomic"): Recipe(epochs=4.0, rate=1e-3),
    ("atomic", "fit"): Recipe(epochs=3.0, rate=4e-4),
}


def fit(
    network: VerifierNetwork, examples: Sequence[Example], recipe: Recipe, say: Callable[[str], None]
) -> VerifierNetwork:
    """Fit the network in place, on one thread. The last digits depend on the processor."""
    torch.set_num_threads(1)
    torch.manual_seed(recipe.seed)
    draw = random.Random(recipe.seed)  # noqa: S311 – no secret
    network.train()
    parameters = list(network.parameters())
    means = [each.detach().clone() for each in parameters]
    optimiser = torch.optim.AdamW(parameters, lr=recipe.rate, weight_decay=recipe.decay)
    steps = int(len(examples) * recipe.epochs / recipe.together)
    begun, running = time.monotonic(), 0.0
    for step, chosen in zip(range(steps), _orders(examples, recipe.together, draw), strict=False):
        warm = min(1.0, (step + 1) / (WARM_UP * steps + 1))
        optimiser.param_groups[0]["lr"] = recipe.rate * warm * max(LEAST, 1 - step / steps)
        loss = cross_entropy(
            network(*_tensors([(each, _shown(each, draw)) for each in chosen])),
            torch.tensor([each.outcome for each in chosen]),
            label_smoothing=SMOOTHED,
        )
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(parameters, CLIPPED)
        optimiser.step()
        optimiser.zero_grad()
        towards(means, parameters, min(recipe.kept, (step + 1) / (step + 10)))
        running = loss.item() if step == 0 else 0.98 * running + 0.02 * loss.item()
        if step % REPORTED == REPORTED - 1:
            spent = time.monotonic() - begun
            say(f"step {step + 1} of {steps}: loss {running:.3f}, {spent:.0f} s")
    towards(parameters, means, 0.0)
    return network.eval()


def _orders(examples: Sequence[Example], together: int, draw: random.Random) -> Iterator[Sequence[Example]]:
    """The examples of each step; every one once an epoch, in a new order."""
    while True:
        order = list(examples)
        draw.shuffle(order)
        for first in range(0, len(order) - together + 1, together):
            yield order[first : first + together]


def _shown(example: Example, draw: random.Random) -> Sequence[int]:
    """Places of the sentences that are shown of an example."""
    evidence = [place for place in example.judged.evidence if place < len(example.sentences)][:SENTENCES]
    others = [place for place in example.near[:AMONG] if place not in evidence]
    if draw.random() < SHUFFLED:
        draw.shuffle(others)
    if not evidence or draw.random() >= SHOWN:
        return example.near[:SENTENCES]
    return [*evidence, *others[: SENTENCES - len(evidence)]]


def _tensors(shown: Sequence[tuple[Example, Sequence[int]]]) -> list[Tensor]:
    return [torch.from_numpy(each) for each in inputs([example.pair(places) for example, places in shown])]
