"""Read year and volume from DOIs of publishers that encode them, and find malformed DOIs."""

import re
from typing import NamedTuple

_SHAPE = re.compile(r"10\.\d{4,9}/\S+")
_PREFIX = re.compile(r"10\.\d{4,9}/")
# Text printed as a DOI: after "doi", or as an address of the resolver.
_PRINTED = re.compile(r"(?:\bdoi(?:\.org/|\s*:\s*|\s+)+|dx\.doi\.org/)(?P<doi>10\S*)", re.IGNORECASE)
_RESOLVER_TWICE = re.compile(r"doi\.org/\s*(?:https?://)?(?:dx\.)?doi\.org/", re.IGNORECASE)
# Named groups: `year` in four digits, `short` in two or three ("017" is 2017), `volume`. Publishers are named above
# their patterns.
_PATTERNS = tuple(
    map(
        re.compile,
        (
            # Elsevier, Cell Press: 10.1016/j.canlet.2021.12.006.
            r"10\.1016/j\.[a-z-]+\.(?P<year>(?:19|20)\d\d)\.\d\d\.\d+$",
            # Frontiers: 10.3389/fimmu.2025.1601266.
            r"10\.3389/f[a-z]+\.(?P<year>20\d\d)\.\d+$",
            # Hindawi: 10.1155/2017/9217567.
            r"10\.1155/(?P<year>(?:19|20)\d\d)/\d+$",
            # Nature, Springer, BMC: 10.1038/s41586-018-0392-8.
            r"10\.(?:1038|1007|1186|1057)/s\d{5}-(?P<short>0\d\d)-\d{4,5}-[\dxyz]$",
            # BMJ: 10.1136/jitc-2018-000027.
            r"10\.1136/[a-z]+-(?P<year>20\d\d)-\d+$",
            # Rockefeller: 10.1084/jem.20180712.
            r"10\.1084/jem\.(?P<year>20[012]\d)\d{4}$",
            # American Association for Cancer Research: 10.1158/1078-0432.CCR-17-2664.
            r"10\.1158/[\d-]+[\dx]\.[a-z]+-(?P<short>\d\d)-\d+[a-z]*$",
            # National Academy of Sciences, from 2006 on: 10.1073/pnas.1809200115.
            r"10\.1073/pnas\.(?P<short>\d\d)\d{5}(?P<volume>10[3-9]|1[12]\d)$",
            # MDPI: 10.3390/cancers12030123, volume 12, issue 03. None of its journals is far beyond volume 30, but some
            # have numbers of five digits: 10.3390/s91108722 isn't of volume 91.
            r"10\.3390/[a-z]+(?P<volume>[1-9]|[1-3]\d)(?:0[1-9]|1\d|2[0-4])\d{4}$",
        ),
    )
)


class Said(NamedTuple):
    """The year and volume that a DOI encodes; None for what it doesn't."""

    year: int | None = None
    volume: int | None = None


def said_by(doi: str) -> Said:
    """The year and volume encoded in the DOI."""
    for pattern in _PATTERNS:
        if found := pattern.fullmatch(doi.lower()):
            groups = found.groupdict()
            year = groups.get("year") or (f"20{groups['short'][-2:]}" if groups.get("short") else None)
            volume = groups.get("volume")
            return Said(int(year) if year else None, int(volume) if volume else None)
    return Said()


def is_malformed(doi: str) -> bool:
    """Whether it is malformed. A DOI is 10. with four to nine digits, a slash, and a suffix without space or quote."""
    return _SHAPE.fullmatch(doi) is None or doi[-1] in ".,;:" or any(sign in doi for sign in "\"'“”{}\\^`")


def is_doubled(doi: str) -> bool:
    """Whether it is two DOIs, or one twice, run together."""
    return len(_PREFIX.findall(doi)) > 1


def printed_doubled(raw: str) -> str | None:
    """Two DOIs, or two addresses of the resolver, that an entry prints run together; None if it doesn't."""
    glued = next((found for found in _printed(raw) if is_doubled(found)), None)
    twice = _RESOLVER_TWICE.search(raw)
    return glued or (raw[twice.start() :].split(maxsplit=1)[0] if twice else None)


def printed_malformed(raw: str) -> str | None:
    """A malformed DOI that an entry prints; None if it prints none."""
    return next((found for found in _printed(raw) if is_malformed(found)), None)


def _printed(raw: str) -> list[str]:
    return [found["doi"].rstrip(".,;:)]") for found in _PRINTED.finditer(raw)]
