"""Keys under which exported entries are told apart."""

from collections import Counter
from collections.abc import Sequence

from evqa.model import Reference


def entry_keys(references: Sequence[Reference]) -> list[str]:
    """Keys such as ref38, in the order given; with the document's id, and a count, where that alone isn't unique."""
    plain = [f"ref{reference.number}" for reference in references]
    if len(set(plain)) < len(plain):
        plain = [
            f"{key}-{item.document}" if item.document else key for key, item in zip(plain, references, strict=True)
        ]
    seen: Counter[str] = Counter()
    keys = []
    for key in plain:
        seen[key] += 1
        keys.append(key if seen[key] == 1 else f"{key}-{seen[key]}")
    return keys
