"""Parameters that a user fitted for an embedding model, in $EVQA_HOME/fitted/<fingerprint of the model>/."""

from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from evqa.errors import InputError
from evqa.fitted import Fitted, shipped
from evqa.settings import DEFAULT_MODEL

# What has to be fitted for a model before its confidence means anything.
NEEDED = ("ranking", "confidence")
# The packaged model's fingerprint, under whatever name or from whatever folder it was loaded.
SHIPPED_FOR = "7c38b37cbf4e239d"


def fitted_folder(home: Path, fingerprint: str) -> Path:
    """Where the parameters fitted for a model lie, one file for each part of `Fitted`."""
    return home / "fitted" / fingerprint


def fitted_for_model(home: Path, model: str, fingerprint: str) -> Fitted | None:
    """The user's own parameters for a model, else the shipped ones if they were fitted for it, else None.

    What the user didn't fit is as shipped. Raises InputError for a damaged file.
    """
    folder = fitted_folder(home, fingerprint)
    if all(_file(folder, part).is_file() for part in NEEDED):
        return shipped().model_copy(update={part: _read(folder, part) for part in Fitted.model_fields})
    return shipped() if model == DEFAULT_MODEL or fingerprint == SHIPPED_FOR else None


def unfitted_line(corpus: str, model: str) -> str:
    """What is said, once a run, of a corpus whose model nothing was fitted for."""
    return (
        f"corpus {corpus!r} was made with model {model!r}, for which the confidence isn't fitted; "
        "fit it with `python -m eval.tune --for-model`"
    )


def _file(folder: Path, part: str) -> Path:
    return folder / f"{part}.json"


def _read(folder: Path, part: str) -> object:
    file = _file(folder, part)
    if not file.is_file():
        return getattr(shipped(), part)
    try:
        kind: Any = Fitted.model_fields[part].annotation
        return TypeAdapter(kind).validate_json(file.read_bytes())
    except (OSError, ValidationError) as error:
        said = error.errors()[0]["msg"] if isinstance(error, ValidationError) else error.strerror
        raise InputError(file, "can't be read", "fit it again, or delete its folder", said) from error
