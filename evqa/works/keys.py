"""The key by which look-ups know a work: its DOI, or a fingerprint of its printed entry."""

import hashlib
import re

from evqa.model import Reference

# What may stand before a printed DOI.
ADDRESS = re.compile(r"^\s*(?:(?:https?://)?(?:dx\.)?doi\.org/|doi\s*:?\s*)+", re.IGNORECASE)
# Longer than any DOI that was ever registered.
LONGEST = 300


def doi_key(printed: str) -> str:
    """A DOI in lower case, without address and closing punctuation; "" if it can't be one."""
    plain = ADDRESS.sub("", printed).strip().rstrip(".,;]")
    if plain.endswith(")") and plain.count("(") < plain.count(")"):
        plain = plain.rstrip(").,;]")
    is_doi = re.fullmatch(r"10\.\d{4,9}(?:\.\d+)*/[^\s\x00-\x1f\x7f]+", plain)
    return plain.lower() if is_doi and len(plain) <= LONGEST and plain.isprintable() else ""


def work_key(entry: Reference) -> str:
    """The DOI of an entry's work, or "entry:" with a fingerprint of what is printed of it."""
    return doi_key(entry.DOI or "") or entry_key(entry)


def entry_key(entry: Reference) -> str:
    """ "entry:" with a fingerprint of what is printed of an entry; its number and spaces count nothing."""
    printed = " ".join(re.sub(r"^\W*\d{1,4}\W+", "", entry.raw).split())
    return f"entry:{hashlib.sha256(printed.encode()).hexdigest()[:20]}"
