"""What an uploaded file may be called, and what it may be: the formats that are read."""

import re
import unicodedata
from pathlib import PurePosixPath

from starlette.exceptions import HTTPException

from api.text.terminal import printable
from ingest.reader import MEDIA_TYPES, instead

# Bytes of a name without its suffix; file systems take 255 with it.
LONGEST = 180
GENERIC = frozenset(("", "application/octet-stream", "binary/octet-stream"))
TEXT = frozenset(("text/plain", "text/markdown", "text/x-markdown"))
XML = frozenset(("application/xml", "text/xml", "application/jats+xml"))
HTML = frozenset(("text/html", "application/xhtml+xml"))
ALIKE = {
    ".docx": frozenset(("application/zip", "application/msword")),
    ".htm": HTML,
    ".html": HTML,
    ".xhtml": HTML | XML,
    ".md": TEXT,
    ".txt": TEXT,
    ".xml": XML,
    ".nxml": XML,
    ".pdf": frozenset(("application/pdf", "application/x-pdf")),
}


def safe_name(name: str) -> str:
    """The last part of a file's name as a browser sends it, without what could steer a path, a terminal or a page:
    no separators, control or direction characters, no dot in front; cut where it is long. "document" if nothing stays.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name.replace("\0", " ")))[-1]
    shown = "".join(char for char in last if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co"))
    path = PurePosixPath(re.sub(r'[<>:"|?*]', "_", printable(shown)).strip(" .") or "document")
    suffix = path.suffix if len(path.suffix.encode()) <= 16 else ""
    stem = path.name.removesuffix(suffix).encode()[:LONGEST].decode(errors="ignore").strip()
    return f"{stem or 'document'}{suffix}"


def check_format(name: str, declared: str) -> None:
    """Raises HTTPException 415 unless the suffix is that of a format that is read, and the media type that is declared
    of the file, if any, may be of that format."""
    suffix = PurePosixPath(name).suffix.lower()
    if suffix not in MEDIA_TYPES:
        raise HTTPException(415, f"{name}: unknown format {suffix or '(no suffix)'!r}; {instead(suffix)}")
    media = declared.partition(";")[0].strip().lower()
    if media not in GENERIC | ALIKE.get(suffix, frozenset()) | {MEDIA_TYPES[suffix]}:
        wanted = MEDIA_TYPES[suffix]
        raise HTTPException(415, f"{name}: declared as {printable(media)[:80]!r}; a {suffix} file is {wanted}")
