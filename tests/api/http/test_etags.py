"""Entity tags."""

import pytest
from starlette.requests import Request

from api.http.etags import has_tag, tag_of


@pytest.mark.parametrize(
    ("sent", "is_there"), [("", False), ("*", True), ('"a"', True), ('W/"a"', True), ('"b" , "a"', True), ("a", False)]
)
def test_a_tag_is_found_in_a_list(sent: str, is_there: bool) -> None:
    """Strong or weak, alone or among others; without its quotes it is none."""
    request = Request({"type": "http", "headers": [(b"if-none-match", sent.encode())]})
    assert has_tag(request, '"a"') is is_there


def test_another_fingerprint_has_another_tag() -> None:
    """The tag is quoted and differs with the fingerprint."""
    assert tag_of("a") != tag_of("b")
    assert tag_of("a")[0] == tag_of("a")[-1] == '"'
