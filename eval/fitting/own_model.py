"""The parameters of the model that EVQA_MODEL names: where they are kept, and which are in use."""

from pathlib import Path

from evqa.fitted import Fitted, fitted
from evqa.settings import Settings
from index.disk.durable import make_private
from index.disk.folder import home_folder
from index.models.own_fit import fitted_folder, fitted_for_model
from index.writer import load_lazily


def own_folder(settings: Settings) -> Path:
    """The folder of the parameters fitted for the model, made if it isn't there. Raises ModelError as loading does."""
    folder = fitted_folder(home_folder(settings), load_lazily(settings.model).fingerprint)
    make_private(folder)
    return folder


def own_fit(settings: Settings) -> Fitted:
    """The parameters that the model is asked with; the shipped ones if none were fitted for it."""
    own = fitted_for_model(home_folder(settings), settings.model, load_lazily(settings.model).fingerprint)
    return own or fitted()
