"""What the files of one run are called."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from api.intake.file_names import file_names


def test_a_name_of_its_own_is_kept() -> None:
    """A file that shares its name with no other is called as it is, wherever it lies."""
    assert file_names([Path("/a/x.md"), Path("b/y.md")]) == {Path("/a/x.md"): "x.md", Path("b/y.md"): "y.md"}


def test_folders_tell_namesakes_apart() -> None:
    """Files of one name get the fewest folders in front that tell all of them apart."""
    files = [Path("/r/1/text/x.md"), Path("/r/2/text/x.md"), Path("/r/2/text/y.md")]
    assert list(file_names(files).values()) == ["1/text/x.md", "2/text/x.md", "y.md"]


@given(st.sets(st.lists(st.sampled_from("abc"), min_size=1, max_size=5).map(tuple), min_size=1))
def test_no_two_files_have_one_name(paths: set[tuple[str, ...]]) -> None:
    """Whatever the folders, names differ and end with the file's own."""
    names = file_names(Path("/", *path) for path in sorted(paths))
    assert len(set(names.values())) == len(paths)
    assert all(name.split("/")[-1] == file.name for file, name in names.items())
