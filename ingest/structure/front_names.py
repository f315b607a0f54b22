"""Tell what a line of a printed title page holds, by its words."""

import re

from ingest.structure.headings import is_statement

_LEAD = re.compile(r"\W*([^\W\d_][^:.\n]{2,60}?)\s*:\s+\S")
# In this order: a line of addresses with an e-mail address is above all correspondence.
_NAMES = (
    (
        "Editors and reviewers",
        r"\W*(?:(?:\w+ )?(?:editors?|reviewers?)\s*:|(?:edited|reviewed)(?: and reviewed)? by\b)",
    ),
    ("Citation", r"\W*(?:citation|how to cite|cite this|to cite this)\b|(?=.*\bhow to cite\b)"),
    ("History", r"(?=.*\b(?:received|accepted|revised|published(?: online)?)\b.{0,12}(?:\d|[A-Z]).{0,24}\d{4})"),
    ("Correspondence", r"(?=.*(?:\bcorrespond(?:ing|ence)\b|\breprints?\b|\be-?mails?\b|\S@\S))"),
    ("Author notes", r"(?=.*\b(?:contributed equally|equal contribution)\b)"),
    ("Licence", r"(?=.*(?:\bcreative\s?commons\b|\blicen[cs]e[de]?\b|\bopen access article\b))"),
    ("Copyright", r"(?=.*(?:©|\bcopyright\b))"),
    ("Funding", r"(?=.*\b(?:funded|supported) (?:in part )?by\b)"),
    ("Registration", r"(?=.*\b(?:registration|registered|NCT\d{8}|ISRCTN\d+)\b)"),
    (
        "Affiliations",
        # No journal: neither its name nor year, volume and page.
        r"(?!\W*journal\b|.*\d{4};\s?\d)"
        r"(?=.*\b(?:Universit\w+|Department|Institut\w*|Hospital|School of|Faculty|Cent(?:er|re) (?:for|of)|College"
        r"|Laborator\w+|Division of|Academy)\b)",
    ),
)
_PATTERNS = tuple((name, re.compile(pattern, re.IGNORECASE | re.DOTALL)) for name, pattern in _NAMES)
_FEWEST_WORDS = 3
_DOI = re.compile(
    r"\W*(?:https?://(?:dx\.)?doi\.org/|doi\s*:?\s*(?:https?://(?:dx\.)?doi\.org/)?)10\.\d{4,9}/\S+\s*", re.IGNORECASE
)


def front_name(text: str) -> str | None:
    """Return what a line holds, e.g. "Correspondence", as JATS files name it; None for other lines.

    "Funding: We thank …" and other statements keep the name that they print.
    """
    if _DOI.fullmatch(text):
        return "DOI"
    if len(text.split()) < _FEWEST_WORDS and "@" not in text:
        return None
    lead = _LEAD.match(text)
    if lead and is_statement(lead[1]):
        return lead[1]
    return next((name for name, pattern in _PATTERNS if pattern.match(text)), None)
