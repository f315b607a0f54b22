"""Which files are meant by paths."""

import os
from pathlib import Path

import pytest

from api.intake.found_files import Refused, found_files
from tests.api.running import written


def placed(folder: Path, *names: str) -> list[Path]:
    """Files with these names in a folder, which is made."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
    return [written(folder / name, name) for name in names]


def test_folders_are_listed_in_order(tmp_path: Path) -> None:
    """Files of known formats come sorted by path; hidden ones and those of other kinds are left alone and counted."""
    a, b, c = placed(tmp_path, "a.md", "b/one.txt", "c.MD")
    placed(tmp_path, "table.csv", "b/picture.png", ".hidden.md", ".git/config.md", "README")
    found = found_files([tmp_path])
    assert found.items == [a, b, c]
    assert (found.others, found.hidden) == (3, 2)
    assert set(found.listed) == {tmp_path, tmp_path / "b"}


def test_what_a_browser_saves_beside_a_page_is_left_alone(tmp_path: Path) -> None:
    """The folder of a saved page holds its pictures and frames, no articles; another folder of such a name does."""
    page, other = placed(tmp_path, "salt.html", "sea_files/sea.html")
    placed(tmp_path, "salt_files/frame.html")
    found = found_files([tmp_path])
    assert found.items == [page, other]
    assert found.others == 1


def test_a_file_is_found_once(tmp_path: Path) -> None:
    """Named twice, by a link or by a folder that holds it, a file is one file."""
    one, two = placed(tmp_path, "one.md", "deep/two.md")
    (tmp_path / "link.md").symlink_to(one)
    (tmp_path / "again").symlink_to(tmp_path / "deep")
    assert found_files([two, tmp_path, tmp_path / "deep", one]).files == [two, tmp_path / "link.md"]
    assert not any(isinstance(item, Refused) for item in found_files([tmp_path / "deep", tmp_path]).items)


def test_links_in_a_circle(tmp_path: Path) -> None:
    """A link to a folder is followed, but a circle of them ends."""
    outside, inside = placed(tmp_path, "outside/x.md", "top/y.md")
    (tmp_path / "top" / "link").symlink_to(tmp_path / "outside")
    (tmp_path / "outside" / "back").symlink_to(tmp_path / "top")
    (tmp_path / "top" / "self").symlink_to("self")
    found = found_files([tmp_path / "top"])
    assert found.files == [tmp_path / "top/link/x.md", inside]
    assert outside.samefile(found.files[0])


def test_what_cannot_be_opened_is_left_to_the_reader(tmp_path: Path) -> None:
    """A link to nothing, and what is no file though it is called so, aren't skipped: the reader says what is wrong."""
    (tmp_path / "broken.md").symlink_to(tmp_path / "none")
    os.mkfifo(tmp_path / "pipe.md")
    assert found_files([tmp_path]).files == [tmp_path / "broken.md", tmp_path / "pipe.md"]
    assert found_files([tmp_path / "none.md"]).files == [tmp_path / "none.md"]


def test_a_folder_without_a_file_is_refused(tmp_path: Path) -> None:
    """A folder with nothing to read is named, in its place among the others."""
    (only,) = placed(tmp_path, "full/x.md")
    (tmp_path / "empty").mkdir()
    first, second = found_files([tmp_path / "empty", tmp_path / "full"]).items
    assert isinstance(first, Refused)
    assert "empty: no readable file" in str(first.error)
    assert second == only


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to the superuser")
def test_a_folder_that_is_closed(tmp_path: Path) -> None:
    """A folder that can't be listed is refused; the files beside it are found."""
    (only,) = placed(tmp_path, "x.md")
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    refused, file = found_files([tmp_path]).items
    assert isinstance(refused, Refused)
    assert "closed: can't be listed" in str(refused.error)
    assert file == only


@pytest.mark.slow
def test_deep_and_wide_folders(tmp_path: Path) -> None:
    """Neither three hundred levels nor thousands of entries are too many."""
    deep = tmp_path
    for _ in range(300):
        deep /= "d"
    (last,) = placed(deep, "last.md")
    placed(tmp_path, *(f"{n:04}.md" for n in range(2000)))
    files = found_files([tmp_path]).files
    assert len(files) == 2001
    assert files[-1] == last
