"""The walk through the page in pictures."""

import re
import shutil
import struct
from pathlib import Path

import numpy as np

from tests.page.conftest import serving
from tests.page.walk import FOLDER, MOST, SIZE, names, palette_png, photographed

MOST_IN_ALL = 1_000_000


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height as a PNG states them."""
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def test_the_page_of_the_walk_shows_its_pictures() -> None:
    """docs/walk.md shows what the walk takes, in its order, each once and described. All are there, in one size
    and small, and no other file lies beside them."""
    page = (FOLDER.parent / "walk.md").read_text(encoding="utf-8")
    assert re.findall(r"!\[[^\]]{20,}\]\(walk/([^)]+)\)", page) == names()
    files = {path.name: path.read_bytes() for path in FOLDER.iterdir()}
    assert sorted(files) == names()
    assert {size_of(png) for png in files.values()} == {SIZE}
    assert max(map(len, files.values())) <= MOST
    assert sum(map(len, files.values())) <= MOST_IN_ALL


def test_the_walk_can_be_walked(chromium: str, bare_home: Path, tmp_path: Path) -> None:
    """From the first screen to the last, each step finds what it goes by, and leaves a picture that differs."""
    home = Path(shutil.copytree(bare_home, tmp_path / "home"))
    shutil.rmtree(home / "corpora")
    folder = tmp_path / "pictures"
    folder.mkdir()
    with serving(home) as site:
        photographed(site, chromium, folder)
    assert sorted(path.name for path in folder.iterdir()) == names()
    assert len({path.read_bytes() for path in folder.iterdir()}) == len(names())


def test_few_colours_stay_as_they_are() -> None:
    """A picture of few colours keeps each of them; one of many has a palette of 256."""
    picture = np.zeros((4, 5, 3), np.uint8)
    picture[1:, 2:] = (23, 97, 89)
    palette = palette_png(picture).split(b"PLTE", 1)[1]
    assert {palette[:3], palette[3:6]} == {bytes(3), bytes((23, 97, 89))}
    many = np.random.default_rng(1).integers(0, 256, (64, 64, 3), np.uint8)
    (length,) = struct.unpack(">I", palette_png(many).split(b"PLTE", 1)[0][-4:])
    assert length == 3 * 256
