"""What is measured under load: the arithmetic, and the table that shows it."""

import pytest

from eval.cost.clients import Sent
from eval.cost.figures import Load, Memory, Phase, Spent, phase_of, slope
from evqa.errors import EvqaError

SENT = [Sent(due=place, done=place + 0.001 * (place + 1), status=200) for place in range(100)]


def row(**other: object) -> Phase:
    """A phase of 100 requests in 50 s, of which the server worked 2 s and others 25."""
    return phase_of("new", "saturated", SENT, Spent(50, 2, 25, 100)).model_copy(update=other)


def loaded(*rows: Phase, megabytes: float = 300) -> Load:
    """A measurement."""
    memory = Memory(asks=20_000, failed=0, seconds=99, before=200, after=250, largest=megabytes, slope=0.01)
    return Load(review="r.md", questions=130, cores=2, load=0.5, rows=rows, memory=memory)


def test_a_phase_in_figures() -> None:
    """Latencies are percentiles of 1 to 100 ms; rates and processor time follow from what the phase took."""
    found = row()
    assert (found.requests, found.failed, found.made, found.per_second) == (100, 0, 100, 2)
    assert (found.p50, found.p95, found.p99) == pytest.approx((50.5, 95.05, 99.01))
    assert (found.processor, found.others) == (20, 0.5)


def test_failures_are_counted_and_no_answers() -> None:
    """A request that got another status than 200 is no answer a second."""
    found = phase_of(
        "new", "steady", [*SENT[:98], *(each._replace(status=503) for each in SENT[98:])], Spent(50, 2, 0, 98)
    )
    assert (found.failed, found.per_second) == (2, 98 / 50)


def test_a_phase_without_requests_is_refused() -> None:
    """There is nothing to divide by; the line says which phase it was."""
    with pytest.raises(EvqaError, match=r"phase new: no request was sent in 0\.1 s"):
        phase_of("new", "saturated", [], Spent(0.1, 0, 0, 0))


def test_what_came_after() -> None:
    """Times and counts are subtracted, each from its own."""
    assert Spent(10, 5, 3, 7).since(Spent(4, 2, 1, 2)) == Spent(6, 3, 2, 5)


@pytest.mark.parametrize(("samples", "grows"), [([100, 101, 102, 103], 2), ([100, 100, 100], 0), ([9, 8, 7], -2)])
def test_memory_that_grows_has_a_slope(samples: list[float], grows: float) -> None:
    """In MB for 1,000 questions, from samples 500 questions apart."""
    assert slope(samples, 500) == pytest.approx(grows, abs=1e-9)


def test_medians_stand_beside_their_limits() -> None:
    """Of several runs the median counts; a limit that is just reached is kept, and "at least" is for rates alone."""
    rows = [row(kind="repeated", per_second=rate) for rate in (10, 250, 900)]
    rows += [row(kind="new", loop="steady", p50=8.0, p99=25.1)]
    judged = {name: (value, is_met) for name, value, is_met in loaded(*rows).judged()}
    assert judged == {
        "repeated asks/s (at least 250)": (250, True),
        "new p50 (at most 8)": (8.0, True),
        "new p99 (at most 25)": (25.1, False),
        "largest memory, MB (at most 400)": (300, True),
    }


def test_the_table_holds_every_phase() -> None:
    """Each run has its row under the titles, memory its lines, and a missed limit is called so."""
    lines = loaded(row(), row(), megabytes=400.5).lines()
    assert lines[0] == "130 questions on r.md; load before, on 2 cores: 0.50"
    assert [line.split() for line in lines if line.startswith("new  ")] == [
        "new saturated 100 0 100 2.00 50.50 95.05 99.01 20.00 0.50".split()
    ] * 2
    assert len(lines[2]) == len(lines[3])
    assert "  slope over the second half +0.010 MB for 1,000 questions" in lines
    assert lines[-1].split()[-2:] == ["400.50", "MISSED"]


def test_a_measurement_survives_its_json() -> None:
    """Everything measured is in the JSON."""
    assert Load.model_validate_json(loaded(row()).model_dump_json()) == loaded(row())
