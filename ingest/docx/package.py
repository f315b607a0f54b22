"""Open a .docx file: a ZIP archive of XML parts. Only the parts that hold text are unpacked, each within limits."""

import zipfile
import zlib
from io import BytesIO
from posixpath import dirname, join, normpath

from lxml import etree

from evqa.errors import InputError
from ingest.jats.xml import Element, safe_parser

MOST_MEMBERS = 5_000
LARGEST_PART = 30_000_000
LARGEST_SUM = 60_000_000
HIGHEST_RATIO = 300
# Small parts may shrink to almost nothing.
_SMALL = 200_000
DEEPEST = 200
# Counted before parsing: an element without content takes few bytes in the file, some hundred in memory.
MOST_TAGS = 800_000
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_AGAIN = "save it again in Word as .docx, or get it again"
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError)


class Package:
    """The parts of a .docx file by name."""

    def __init__(self, data: bytes, name: str) -> None:
        """Raises InputError if the bytes are no .docx file, or one that is locked, damaged or implausibly packed."""
        self._name = name
        if data.startswith(_OLD):
            step = "save it in Word as .docx without a password"
            raise InputError(name, "locked with a password, or in the format of Word before 2007", step)
        try:
            self._archive = zipfile.ZipFile(BytesIO(data))
            members = self._archive.infolist()
        except _DAMAGED as error:
            raise InputError(name, "not a .docx file: it can't be unpacked", _AGAIN, _said(error)) from error
        if len(members) > MOST_MEMBERS:
            raise InputError(name, f"holds {len(members):,} files, the limit is {MOST_MEMBERS:,}", _AGAIN)
        self._members = {member.filename.lstrip("/"): member for member in members}
        self._left = LARGEST_SUM
        self.main = self._main()

    def _main(self) -> str:
        """Return the name of the part that holds the text."""
        root = self.xml("_rels/.rels")
        targets = (
            [e.get("Target", "") for e in root if e.get("Type", "").endswith("/officeDocument")]
            if root is not None
            else []
        )
        main = (targets[0] if targets else "word/document.xml").lstrip("/")
        if main not in self._members:
            raise InputError(
                self._name, "holds no Word document", "give a .docx file that Word or a like program saved"
            )
        return main

    def related(self, kind: str) -> list[str]:
        """Return the names of the parts of a kind that the text refers to, e.g. "styles"."""
        return [target for each, target, is_outside in self._relations() if each == kind and not is_outside]

    def addresses(self) -> dict[str, str]:
        """Return the web addresses that the text links to, by relation."""
        root = self.xml(self._relations_part())
        if root is None:
            return {}
        return {e.get("Id", ""): e.get("Target", "") for e in root if e.get("TargetMode") == "External"}

    def _relations_part(self) -> str:
        folder, _, file = self.main.rpartition("/")
        return f"{folder}/_rels/{file}.rels".lstrip("/")

    def _relations(self) -> list[tuple[str, str, bool]]:
        root = self.xml(self._relations_part())
        found: list[tuple[str, str, bool]] = []
        for element in root if root is not None else ():
            target = element.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else normpath(join(dirname(self.main), target))
            kind = element.get("Type", "").rpartition("/")[2]
            found.append((kind, path, element.get("TargetMode") == "External"))
        return found

    def xml(self, part: str) -> Element | None:
        """Return the root of a part; None if there is no such part.

        Namespaces stay. Raises InputError if the part is malformed, has a DTD, or is larger or deeper than text is.
        """
        member = self._members.get(part)
        if member is None:
            return None
        data = self._unpacked(member)
        if data.count(b"<") > MOST_TAGS:
            raise InputError(self._name, f"{part} holds more than {MOST_TAGS:,} tags", "split it")
        try:
            root = etree.fromstring(data, safe_parser())
        except (etree.XMLSyntaxError, ValueError) as error:
            raise InputError(self._name, f"{part} is malformed", _AGAIN, _said(error)) from error
        # The parser knows a DTD in any encoding; it fetches nothing and bounds what entities expand to.
        if root.getroottree().docinfo.internalDTD is not None:
            raise InputError(self._name, f"{part} declares entities", "no word processor writes that; get it again")
        _check_depth(root, part, self._name)
        return root

    def _unpacked(self, member: zipfile.ZipInfo) -> bytes:
        if member.flag_bits & 1:
            raise InputError(self._name, "locked with a password", "save it without a password")
        size = member.file_size
        if size > min(LARGEST_PART, self._left):
            raise InputError(self._name, f"{member.filename} is too large unpacked ({size:,} bytes)", "split it")
        if size > _SMALL and size > HIGHEST_RATIO * max(1, member.compress_size):
            raise InputError(self._name, f"{member.filename} is packed more tightly than text can be", _AGAIN)
        try:
            with self._archive.open(member) as stream:
                data = stream.read(size + 1)
        except _DAMAGED as error:
            raise InputError(self._name, f"{member.filename} can't be unpacked", _AGAIN, _said(error)) from error
        self._left -= len(data)
        return data


def _check_depth(root: Element, part: str, name: str) -> None:
    ahead = [(root, 1)]
    while ahead:
        element, depth = ahead.pop()
        if depth > DEEPEST:
            raise InputError(name, f"{part} nests elements deeper than {DEEPEST}", _AGAIN)
        ahead += [(child, depth + 1) for child in element]


def _said(error: BaseException) -> str:
    return " ".join(str(error).split())[:160]
