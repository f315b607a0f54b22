"""Lists the corpora of a home, for the command line, the service and MCP."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from api.corpus_names import Use, use_of
from index.corpora import CorpusSummary, corpora


def listed(home: Path) -> list[CorpusSummary]:
    """Every corpus, the user's own first."""
    return sorted(corpora(home), key=lambda summary: (use_of(summary.name) != "own", summary.name))


@dataclass(frozen=True)
class ListedCorpus(CorpusSummary):
    """A corpus and its use: the user's own, or one that evqa keeps for itself."""

    use: Use = "own"


def summary_record(summary: CorpusSummary) -> dict[str, Any]:
    """One corpus for JSON."""
    return asdict(ListedCorpus(**asdict(summary), use=use_of(summary.name)))
