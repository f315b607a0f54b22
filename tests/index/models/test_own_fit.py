"""Parameters fitted for a model, on the disk."""

from pathlib import Path

import pytest

from evqa.errors import InputError
from evqa.fitted import Fitted, shipped
from evqa.settings import DEFAULT_MODEL
from index.models.embed import Embedder
from index.models.own_fit import NEEDED, SHIPPED_FOR, fitted_folder, fitted_for_model

OTHER = "0123456789abcdef"


def write(home: Path, fitted: Fitted, parts: tuple[str, ...] = NEEDED) -> Path:
    """Keep these parts for the other model, as `eval.tune` does."""
    folder = fitted_folder(home, OTHER)
    folder.mkdir(parents=True)
    for part in parts:
        (folder / f"{part}.json").write_text(getattr(fitted, part).model_dump_json())
    return folder


def test_the_shipped_ones_are_for_the_packaged_model(tmp_path: Path) -> None:
    """They are used for the packaged model by its name, or from elsewhere by its fingerprint; for others none are."""
    assert fitted_for_model(tmp_path, DEFAULT_MODEL, "any") == shipped()
    assert fitted_for_model(tmp_path, "/a/copy/of/it", SHIPPED_FOR) == shipped()
    assert fitted_for_model(tmp_path, "another", OTHER) is None


def test_the_fingerprint_is_that_of_the_packaged_model(embedder: Embedder) -> None:
    """A copy of the packaged model is known by it."""
    assert embedder.fingerprint == SHIPPED_FOR


def test_own_ones_come_first(tmp_path: Path) -> None:
    """What the user fitted for a model is used for it, under any name; what wasn't fitted is as shipped."""
    ranking = shipped().ranking.model_copy(update={"margin": 0.25})
    own = shipped().model_copy(update={"ranking": ranking})
    write(tmp_path, own)
    assert fitted_for_model(tmp_path, "another", OTHER) == fitted_for_model(tmp_path, DEFAULT_MODEL, OTHER) == own
    assert fitted_for_model(tmp_path, "a third", "f" * 16) is None


def test_half_a_fit_is_none(tmp_path: Path) -> None:
    """A fit that was interrupted between its files doesn't count."""
    write(tmp_path, shipped(), ("ranking",))
    assert fitted_for_model(tmp_path, "another", OTHER) is None


@pytest.mark.parametrize("content", ["", "{}", "[1", '{"margin": "wide"}'])
def test_a_damaged_file_is_named(tmp_path: Path, content: str) -> None:
    """A file that can't be used is an error of one line with its path and what to do."""
    file = write(tmp_path, shipped()) / "ranking.json"
    file.write_text(content)
    with pytest.raises(InputError, match="fit it again, or delete its folder") as caught:
        fitted_for_model(tmp_path, "another", OTHER)
    assert str(caught.value).startswith(f"{file}: can't be read (")
    assert "\n" not in str(caught.value)
