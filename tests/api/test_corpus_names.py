"""Names that evqa keeps for itself."""

import pytest

from api.corpus_names import own_name, use_of, usual_name
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


SAMPLE = "sample.0123456789abcdef"


@pytest.mark.parametrize(
    ("names", "usual"),
    [
        ([], None),
        ([SAMPLE, "files.0123456789abcdef"], None),
        (["default"], "default"),
        (["a", "default", SAMPLE], "default"),
        (["mine", SAMPLE], "mine"),
    ],
)
def test_which_corpus_is_meant_where_none_is_named(names: list[str], usual: str | None) -> None:
    """The default, else the only one of the user's own; none of those that evqa keeps for itself."""
    assert usual_name(names, "with --corpus NAME") == usual


def test_of_several_corpora_one_has_to_be_named() -> None:
    """The error lists them, not those that evqa keeps, and says how to name one; a long list is cut."""
    with pytest.raises(UsageError) as caught:
        usual_name(["a", "b", SAMPLE], "with --corpus NAME")
    expected = "no corpus was named and none is called default: there is a, b; name one with --corpus NAME"
    assert str(caught.value) == expected
    with pytest.raises(UsageError, match=r"there is n0, .*, n9 and 3 more; name one as `corpus`$"):
        usual_name([f"n{number}" for number in range(13)], "as `corpus`")
