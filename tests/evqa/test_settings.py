"""Settings from an environment."""

import pytest

from evqa.errors import UsageError
from evqa.settings import DEFAULT_MODEL, NAMES, Settings, settings_from


def test_default() -> None:
    """Nothing set, or set to nothing, means the defaults."""
    assert settings_from({}) == settings_from({"EVQA_MODEL": "", "PATH": "/bin"}) == Settings("", DEFAULT_MODEL)


def test_given() -> None:
    """Each known name sets its field."""
    assert settings_from({"EVQA_HOME": "/srv/evqa", "EVQA_MODEL": "bge"}) == Settings("/srv/evqa", "bge")
    assert set(NAMES.values()) == set(Settings.__dataclass_fields__)


def test_misspelt() -> None:
    """A name that isn't known is refused with the ones that are."""
    with pytest.raises(UsageError, match="EVQA_HOEM: unknown setting; the settings are EVQA_CORS, EVQA_HOME"):
        settings_from({"EVQA_HOEM": "x"})
