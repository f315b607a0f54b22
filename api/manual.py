"""docs/cli.md, written from what `--help` says: `python -m api.manual` writes it anew."""

from pathlib import Path

from api.errors import exit_code
from api.main import parsers
from evqa.errors import EvqaError
from evqa.settings import NAMES

PATH = Path(__file__).resolve().parents[1] / "docs" / "cli.md"
HEAD = """# Command line

Written by `python -m api.manual` from what `--help` says; edit the texts there.

Data goes to stdout, messages to stderr. Without a terminal there is no bold print (nor where `NO_COLOR` is set), lines
have 100 columns and everything is UTF-8. `--json` prints compact JSON that is the same, byte for byte, for the same
corpus and question. A text that starts with a hyphen is given behind `--`.

Without `--corpus` the corpus `default` is used. Where there is none of that name, the only corpus of your own is used,
which is said; if you have several, name one. Where you have none yet, `ask`, `search`, `refs`, `audit` and `eval` use
the built-in sample and say so. `ingest` makes `default`. The sample and the files of `ask --in` are indexed once and
found again by their contents.
"""
SETTINGS = {
    "EVQA_HOME": "folder of the corpora; unset, the platform's folder for user data",
    "EVQA_MODEL": "embedding model: the packaged default, or the name or folder of any sentence-transformers model",
    "EVQA_RERANKER": "cross-encoder that ranks the 50 nearest passages anew: the name or folder of any "
    "sentence-transformers cross-encoder; unset, none",
    "EVQA_CORS": "origins, such as `https://example.org`, whose pages may read what `evqa serve` answers, set apart by "
    "commas; unset, none",
    "EVQA_HOSTS": "names under which `evqa serve` is reached, beside addresses, `localhost` and the machine's own "
    "name, set apart by commas; unset, none",
    "EVQA_UPLOAD": "bytes that one upload to `evqa serve` may have, at most and by default 512000000",
}
MEANINGS = {
    0: "done, answered",
    1: "internal error; `--debug` shows where",
    2: "an argument or a setting can't be used",
    3: "the corpus doesn't answer the question (`ask` with one question, `refs --cited-by`)",
    4: "a file can't be read",
    5: "a document isn't sound: a gap in the numbering, a number given twice, an unresolved marker",
    6: "no such corpus, or it is damaged, or it can't be written",
    130: "interrupted",
    141: "whoever read the output has gone",
}


def manual() -> str:
    """The whole page: how it behaves, the help of every command, settings, exit codes."""
    root, commands = parsers()
    helps = [f"## {parser.prog}\n\n```text\n{parser.format_help()}```\n" for parser in (root, *commands.values())]
    return "\n".join([HEAD, *helps, _settings(), _exit_codes()])


def _settings() -> str:
    rows = [f"| `{name}` | {SETTINGS[name]} |" for name in NAMES]
    return "\n".join(["## Settings", "", "| variable | what it sets |", "|---|---|", *rows, ""])


def _exit_codes() -> str:
    errors: dict[int, list[str]] = {}
    for kind in sorted(_tree(EvqaError), key=lambda kind: kind.__name__):
        errors.setdefault(exit_code(kind()), []).append(f"`{kind.__name__}`")
    rows = [f"| {code} | {meaning} | {', '.join(errors.get(code, []))} |" for code, meaning in MEANINGS.items()]
    return "\n".join(["## Exit codes", "", "| code | meaning | errors |", "|---|---|---|", *rows, ""])


def _tree(root: type[EvqaError]) -> list[type[EvqaError]]:
    return [root, *(kind for child in root.__subclasses__() for kind in _tree(child))]


if __name__ == "__main__":
    PATH.write_text(manual(), encoding="utf-8")
