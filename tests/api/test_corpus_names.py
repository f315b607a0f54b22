"""Names that evqa keeps for itself."""

import pytest

from api.corpus_names import own_name, use_of
from evqa.errors import UsageError


@pytest.mark.parametrize(
    ("name", "use"),
    [
        ("default", "own"),
        ("sample", "own"),
        ("sample.0123456789abcdef", "sample"),
        ("files.0123456789abcdef", "files"),
        ("beir.0123456789abcdef", "beir"),
    ],
)
def test_a_name_tells_its_use(name: str, use: str) -> None:
    """Only a kept word with 16 hexadecimal digits behind it is a name of evqa's own."""
    assert use_of(name) == use


def test_kept_names_cannot_be_written_to() -> None:
    """A user's corpus can't be called what evqa builds itself."""
    assert own_name("mine") == "mine"
    with pytest.raises(UsageError, match=r"sample\.0123456789abcdef"):
        own_name("sample.0123456789abcdef")
