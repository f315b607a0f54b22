"""Fit the judge's network: one process a processor, each on its share of every step's questions.

The loss of a question is listwise with a null candidate of score 0: the softmax over its candidates and "nothing
answers" should lie on what answers. To it comes the log loss of each candidate's own grade, so that a score is
log odds. Both together decide at once which passage answers and whether any does.
"""

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.distributed as dist
from safetensors.torch import save_file
from torch import Tensor, multiprocessing
from torch.nn.functional import binary_cross_entropy_with_logits, log_softmax

from eval.command_line import say
from eval.fitting.running_mean import towards
from eval.judging.examples import ANSWERS, PARTLY, Example
from index.judging.inputs import inputs
from index.judging.network import JudgeNetwork

# How much of "it answers" a grade is worth.
SOFT = {3: 1.0, 2: 0.35, 1: 0.03, 0: 0.0}
# Candidates of a question in a step: those that answer, those that answer in part, and others among the best.
ANSWERING, IN_PART, AMONG, HARDEST = 3, 2, 20, 6
# Candidates of a question that go through the network at once.
TOGETHER = 8
WARM_UP, LEAST = 0.05, 0.02
REPORTED = 100


@dataclass(frozen=True)
class Recipe:
    """How to train. `questions`: in a step. `candidates`: of a question in a step. `own`: the weight of each
    candidate's own grade. `kept`: of the running mean of the weights, how much stays at a step. `limit`: seconds
    after which the processes stop."""

    epochs: float = 2.5
    rate: float = 1.2e-3
    questions: int = 8
    candidates: int = 12
    own: float = 0.5
    decay: float = 0.03
    kept: float = 0.998
    seed: int = 1
    processes: int = 2
    limit: float = 7_200.0


@dataclass(frozen=True)
class _Job:
    """What every process is given. `meeting`: the file through which they find each other."""

    examples: Sequence[Example]
    recipe: Recipe
    out: Path
    meeting: Path


def train(examples: Sequence[Example], recipe: Recipe, out: Path) -> None:
    """Fit the network on the examples and write its adapter to `out`.

    The result depends on the number of processes and on the processor in its last digits.
    """
    used = [each for each in examples if len(each.texts.own) > 1]
    meeting = out.with_suffix(".meeting").absolute()
    meeting.unlink(missing_ok=True)
    try:
        job = _Job(used, recipe, out, meeting)
        multiprocessing.start_processes(_work, (job,), recipe.processes, start_method="fork")  # type: ignore[attr-defined, no-untyped-call]
    finally:
        meeting.unlink(missing_ok=True)


def _work(rank: int, job: _Job) -> None:
    recipe = job.recipe
    torch.set_num_threads(1)
    dist.init_process_group("gloo", init_method=f"file://{job.meeting}", rank=rank, world_size=recipe.processes)
    torch.manual_seed(recipe.seed)
    network = JudgeNetwork()
    network.train()
    torch.manual_seed(recipe.seed + rank)
    _fit(network, job.examples, recipe, rank)
    if rank == 0:
        save_file(network.adapter(), job.out)
    dist.barrier()
    dist.destroy_process_group()


def _fit(network: JudgeNetwork, examples: Sequence[Example], recipe: Recipe, rank: int) -> None:
    processes = recipe.processes
    parameters = list(network.parameters())
    means = [each.detach().clone() for each in parameters]
    optimiser = torch.optim.AdamW(parameters, lr=recipe.rate, weight_decay=recipe.decay)
    steps = int(len(examples) * recipe.epochs / recipe.questions)
    begun, read, running = time.monotonic(), 0, 0.0
    draw = random.Random(recipe.seed + 1000 * rank)  # noqa: S311 – no secret
    for step, chosen in enumerate(_orders(examples, recipe)):
        late = time.monotonic() - begun > recipe.limit
        if step >= steps or _agreed(late):
            break
        warm = min(1.0, (step + 1) / (WARM_UP * steps + 1))
        optimiser.param_groups[0]["lr"] = recipe.rate * warm * max(LEAST, 1 - step / steps)
        loss, pairs = _loss(network, chosen[rank::processes], recipe, draw)
        loss.backward()  # type: ignore[no-untyped-call]
        _average(parameters, processes)
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimiser.step()
        optimiser.zero_grad()
        towards(means, parameters, min(recipe.kept, (step + 1) / (step + 10)))
        read += pairs * processes
        running = loss.item() if step == 0 else 0.98 * running + 0.02 * loss.item()
        if rank == 0 and step % REPORTED == REPORTED - 1:
            spent = time.monotonic() - begun
            say(f"step {step + 1} of {steps}: loss {running:.3f}, {read / spent:.0f} pairs/s, {spent:.0f} s")
    towards(parameters, means, 0.0)


def _orders(examples: Sequence[Example], recipe: Recipe) -> Iterator[Sequence[Example]]:
    """The questions of each step, the same for all processes; every question once an epoch, in a new order."""
    draw = random.Random(recipe.seed)  # noqa: S311 – no secret
    while True:
        order = list(examples)
        draw.shuffle(order)
        for first in range(0, len(order) - recipe.questions + 1, recipe.questions):
            yield order[first : first + recipe.questions]


def _agreed(late: bool) -> bool:
    """Whether any process has run out of time, so that all stop at one step."""
    flag = torch.tensor([float(late)])
    dist.all_reduce(flag)
    return bool(flag.item())


def _average(parameters: Sequence[torch.nn.Parameter], processes: int) -> None:
    """Replace each process's gradients by their mean, in one message."""
    gradients = [value.grad if value.grad is not None else torch.zeros_like(value) for value in parameters]
    flat = torch.cat([each.reshape(-1) for each in gradients])
    dist.all_reduce(flat)
    flat /= processes
    for value, part in zip(parameters, torch.split(flat, [value.numel() for value in parameters]), strict=True):
        value.grad = part.view_as(value).clone()


def _loss(
    network: JudgeNetwork, examples: Sequence[Example], recipe: Recipe, draw: random.Random
) -> tuple[Tensor, int]:
    """The mean loss of the questions, and how many pairs were read."""
    losses, read = [], 0
    for each in examples:
        places = drawn_candidates(each.grades, recipe.candidates, draw)
        scores = forward(network, each, places)
        losses.append(question_loss(scores, [each.grades[place] for place in places], recipe.own))
        read += len(places)
    return torch.stack(losses).mean(), read


def drawn_candidates(grades: Sequence[int], most: int, draw: random.Random) -> list[int]:
    """Places of the candidates of a step: what answers, and of what doesn't mostly that which ranks best."""
    answering = [place for place, grade in enumerate(grades) if grade == ANSWERS]
    in_part = [place for place, grade in enumerate(grades) if grade == PARTLY]
    others = [place for place, grade in enumerate(grades[:AMONG]) if grade < PARTLY]
    draw.shuffle(answering)
    draw.shuffle(in_part)
    hardest, rest = others[:HARDEST], others[HARDEST:]
    draw.shuffle(rest)
    wrong = hardest + rest if draw.random() < 0.5 else _mixed(hardest, rest, draw)
    kept = answering[:ANSWERING] + in_part[:IN_PART]
    return kept + wrong[: max(0, most - len(kept))]


def _mixed(hardest: list[int], rest: list[int], draw: random.Random) -> list[int]:
    mixed = hardest + rest
    draw.shuffle(mixed)
    return mixed


def forward(network: JudgeNetwork, example: Example, places: Sequence[int]) -> Tensor:
    """The log odds (n,) of the candidates at these places, in order."""
    found: list[Tensor] = []
    at: list[int] = []
    for part in inputs(example.texts, example.features, TOGETHER, places):
        arrays = (part.question, part.passages, part.parts, part.nearness, part.features)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            found.append(network(*map(torch.from_numpy, arrays)).float())
        at += part.places.tolist()
    order = [at.index(place) for place in places]
    return torch.cat(found)[order]


def question_loss(scores: Tensor, grades: Sequence[int], own: float) -> Tensor:
    """The loss of one question from the log odds (n,) of its candidates and their grades; see the module."""
    graded = torch.tensor(grades)
    shares = log_softmax(torch.cat([scores, scores.new_zeros(1)]), 0)
    if (graded == ANSWERS).any():
        listwise = -torch.logsumexp(shares[:-1][graded == ANSWERS], 0)
    elif (graded == PARTLY).any():
        listwise = -0.5 * shares[-1] - 0.5 * torch.logsumexp(shares[:-1][graded == PARTLY], 0)
    else:
        listwise = -shares[-1]
    soft = torch.tensor([SOFT[grade] for grade in grades])
    return listwise + own * binary_cross_entropy_with_logits(scores, soft, reduction="sum") / 3
