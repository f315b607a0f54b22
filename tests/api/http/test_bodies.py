"""What was answered before."""

from hypothesis import given
from hypothesis import strategies as st

from api.http.bodies import OVERHEAD, Bodies, Body


@given(st.lists(st.tuples(st.integers(0, 9), st.binary(max_size=3_000))), st.integers(0, 9_000))
def test_what_is_kept_stays_within_its_room(puts: list[tuple[int, bytes]], room: int) -> None:
    """However much is put, no more than the room is taken, and what is found is what was put last under the key."""
    bodies, last = Bodies(room), {}
    for number, content in puts:
        bodies.put((number,), Body(content, "f"))
        last[number] = content
        assert 0 <= bodies.taken <= room
    found = {number: bodies.get((number,)) for number in last}
    kept = {number: body for number, body in found.items() if body}
    assert bodies.taken == sum(OVERHEAD + len(body.content) for body in kept.values())
    if puts and OVERHEAD + len(puts[-1][1]) <= room:
        number, content = puts[-1]
        assert kept[number].content == content


def test_what_was_asked_for_longest_ago_makes_room() -> None:
    """Of three that two have room for, the one is gone that wasn't asked for."""
    bodies = Bodies(2 * (OVERHEAD + 10))
    for key in "ab":
        bodies.put((0,) if key == "a" else (1,), Body(b"x" * 10, "f"))
    assert bodies.get((0,))
    bodies.put((2,), Body(b"x" * 10, "f"))
    assert [bool(bodies.get((number,))) for number in range(3)] == [True, False, True]


def test_without_room_nothing_is_kept() -> None:
    """Room 0 turns it off."""
    bodies = Bodies(0)
    bodies.put(("a",), Body(b"", "f"))
    assert bodies.get(("a",)) is None
