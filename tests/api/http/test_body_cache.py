"""Bodies of earlier responses."""

from hypothesis import given
from hypothesis import strategies as st

from api.http.body_cache import OVERHEAD, Body, BodyCache


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3_000))), st.integers(0, 9_000))
def test_what_is_kept_stays_within_its_room(puts: list[tuple[int, int]], room: int) -> None:
    """However much is put, no more than the room is taken, and what was put last is found as it was given back."""
    bodies, given_back = BodyCache(room), {}
    for key in puts:
        given_back[key] = bodies.put(key, Body(bytes(key[1]), "f"))
        assert 0 <= bodies.taken <= room
    found = {key: bodies.get(key) for key in given_back}
    kept = {key: body for key, body in found.items() if body}
    assert bodies.taken == sum(OVERHEAD + len(body.content) for body in kept.values())
    assert all(body is given_back[key] for key, body in kept.items())
    if puts and OVERHEAD + puts[-1][1] <= room:
        assert puts[-1] in kept


def test_of_two_made_side_by_side_the_first_is_kept() -> None:
    """Who comes second with the same key is given what the first put there."""
    bodies = BodyCache(9_000)
    first, second = (bodies.put((1,), Body(b"same", "f")) for _ in range(2))
    assert first is second is bodies.get((1,))
    assert bodies.made == 2


def test_what_was_asked_for_longest_ago_makes_room() -> None:
    """Of three that two have room for, the one is gone that wasn't asked for."""
    bodies = BodyCache(2 * (OVERHEAD + 10))
    for key in "ab":
        bodies.put((0,) if key == "a" else (1,), Body(b"x" * 10, "f"))
    assert bodies.get((0,))
    bodies.put((2,), Body(b"x" * 10, "f"))
    assert [bool(bodies.get((number,))) for number in range(3)] == [True, False, True]


def test_without_room_nothing_is_kept() -> None:
    """Room 0 turns it off."""
    bodies = BodyCache(0)
    bodies.put(("a",), Body(b"", "f"))
    assert bodies.get(("a",)) is None
