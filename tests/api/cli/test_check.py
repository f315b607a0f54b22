"""`evqa check`."""

import io
import zipfile
from pathlib import Path

import pytest

from evqa.quoting.records import Check
from tests.api.running import Run, written


@pytest.fixture
def printed(asked: Run) -> str:
    """A sentence of the sample, as it is printed there."""
    passages = asked("search", "PD-L1 on vesicles", "-k", "1", "--json").json["passages"]
    text: str = passages[0]["text"]
    return text


def test_a_true_quotation_is_verbatim(asked: Run, printed: str) -> None:
    """What is printed in the corpus is found, with its place and the numbers there; the exit code is 0."""
    ran = asked("check", printed.replace(" ", "\u00a0", 1), "--json")
    check = Check.model_validate_json(ran.out)
    assert (ran.code, check.verbatim) == (0, 1)
    assert check.sentences[0].places[0].text in printed


def test_a_changed_word_is_told(asked: Run, printed: str) -> None:
    """A word too many makes it near, which is no failure; the text for a terminal names it."""
    words = printed.split()
    ran = asked("check", " ".join([*words[:3], "allegedly", *words[3:]]))
    assert ran.code == 0
    assert ran.out.startswith("Near")
    assert "“allegedly” is added" in ran.out


def test_what_is_absent_ends_with_3(asked: Run) -> None:
    """A sentence that is nowhere is told so, with the exit code of insufficient evidence."""
    ran = asked("check", "Glaciers retreated in nine valleys that were mapped from balloons")
    assert (ran.code, ran.out.split("\n")[0]) == (3, "Absent")


def test_a_draft_is_checked_line_by_line(asked: Run, printed: str, tmp_path: Path) -> None:
    """Quotations and sentences with figures of a Markdown draft are told with their lines, and counted."""
    draft = written(tmp_path / "draft.md", f"# Draft\n\n> {printed}\n\nThey wrote “glaciers melt in the valleys”.\n")
    ran = asked("check", "--file", draft)
    assert ran.code == 3
    assert "Verbatim · line 3" in ran.out
    assert "Absent · line 5" in ran.out
    assert ran.out.endswith("1 verbatim, 0 near, 1 absent\n")


def test_a_word_document_is_checked(asked: Run, printed: str, tmp_path: Path) -> None:
    """The quotation in a Word document is found."""
    path = tmp_path / "draft.docx"
    path.write_bytes(word_document(["Draft of a thesis", f"It says: “{printed}” and no more than that."]))
    ran = asked("check", "--file", path, "--json")
    assert Check.model_validate_json(ran.out).verbatim == 1


def test_a_draft_without_quotations(asked: Run, tmp_path: Path) -> None:
    """There is nothing to check, which is said and is no error."""
    ran = asked("check", "--file", written(tmp_path / "draft.txt", "Moss is green.\n"))
    assert (ran.code, ran.out[:16]) == (0, "Nothing to check")


@pytest.mark.parametrize("arguments", [(), ("a b c", "--file", "x.md"), ("?!",), ("",)])
def test_what_cant_be_checked_is_a_usage_error(asked: Run, arguments: tuple[str, ...]) -> None:
    """Neither or both, or a sentence without words, ends with 2."""
    assert asked("check", *arguments).code == 2


@pytest.mark.parametrize(
    ("name", "data"), [("x.odt", b"x"), ("x.md", b"\xff\xfe"), ("x.txt", b" \n"), ("gone.md", None)]
)
def test_a_draft_that_cant_be_read(asked: Run, tmp_path: Path, name: str, data: bytes | None) -> None:
    """Another format, another encoding, nothing in it or no file: exit code 4, and one line that names it."""
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    ran = asked("check", "--file", path)
    assert (ran.code, ran.err.count("\n")) == (4, 1)
    assert name in ran.err


def word_document(paragraphs: list[str]) -> bytes:
    """A Word document of plain paragraphs."""
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    files = {
        "[Content_Types].xml": f'<Types xmlns="{types}">'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{relations}"><Relationship Id="r1" Type="{office}" '
        'Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{word}"><w:body>{body}</w:body></w:document>',
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, text in files.items():
            package.writestr(name, text)
    return made.getvalue()
