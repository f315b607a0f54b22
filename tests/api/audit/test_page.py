"""The page of an audit."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from api.audit.page import audit_page, link, policy
from eval.pages.templates import save_page
from evqa.errors import InputError
from evqa.model import Reference
from tests.api.audits import found_in, told_of

HARM = "They <script>window.harmed = 1</script> carry “PD-L1” <img src=x onerror='harmed=2'> (2)."


def text_of(page: str) -> str:
    """What a reader sees, on one line."""
    body = page.partition("<body>")[2]
    return " ".join(re.sub(r"<[^>]+>", " ", body).replace("&#34;", '"').replace("&#39;", "'").split())


def test_it_tells_all(references: tuple[Reference, ...]) -> None:
    """Run with both numbers and titles, suspects with place, entry, why and better ones, bookkeeping, every pair."""
    page = audit_page([found_in(references, suspects=2)])
    seen = text_of(page)
    for words in (
        "Table 1: numbers are shifted",
        "Leukemia | PD-L1 | (3) [3] 3. Nothing is known but this. [1] Exosomal PD-L1 and TGF-β in the T cell (2022)",
        "4 Resistance to therapy Vesicles are small. They carry PD-L1 (2).",
        "Nothing here meets it; 1 fits better. Support 0.07",
        "Not a DOI (1) 1 prints what is no DOI: 10.x",
        "Every citation with its verdict (4)",
    ):
        assert words in seen, seen
    assert seen.index("numbers are shifted") < seen.index("Other suspect") < seen.index("The list and its numbers")
    assert page.count('class="card suspect"') == 2
    assert page.index("<details") < page.index("Every citation")


def test_what_cited_works_say(references: tuple[Reference, ...]) -> None:
    """A statement that a cited work may disagree with stands beside that work's words, which are made harmless."""
    found = found_in(references, suspects=0)
    page = audit_page([replace(found, verified=(told_of("supports"), told_of("disagrees", HARM)))])
    assert "Says in its abstract They &lt;script&gt;" in text_of(page)
    assert page.count('aria-label="Statement D') == 1
    assert "cited work may disagree" not in audit_page([found])


def test_it_needs_nothing_else(references: tuple[Reference, ...]) -> None:
    """No script, no handler, nothing loaded; the policy that it sends along allows its own style alone."""
    page = audit_page([found_in(references, suspects=1)])
    assert not re.search(r"<script|<img|<link|<iframe|\ssrc=|\sstyle=|\son[a-z]+=|url\(|@import", page)
    assert set(re.findall(r'href="([^"#]{8})', page)) <= {"https://"}
    allowed = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert [each.replace("&#39;", "'") for each in allowed] == [policy()]
    assert "unsafe" not in policy()


def test_what_a_document_says_is_text(references: tuple[Reference, ...]) -> None:
    """Markup in a statement or an entry makes no element."""
    steering = references[0].model_copy(update={"title": "<b onclick='x'>bold</b>", "DOI": '10.1/"><script>x</script>'})
    page = audit_page([found_in([steering, *references[1:]], suspects=1, said=HARM)])
    assert not re.search(r"<script|<img|<b onclick", page)
    assert "&lt;script&gt;window.harmed = 1&lt;/script&gt;" in page
    assert "&lt;b onclick=&#39;x&#39;&gt;bold&lt;/b&gt;" in page


def test_a_better_one_than_the_shift_leads_to(references: tuple[Reference, ...]) -> None:
    """It stands beside the one that is meant by the shift, in the row itself."""
    seen = text_of(audit_page([found_in(references, suspects=0, rival=2)]))
    assert "by the shift; [2]" in seen
    assert "fits better still" in seen
    assert "by the shift" not in text_of(audit_page([found_in(references, suspects=0)]))


def test_what_turns_a_text_round_is_shown(references: tuple[Reference, ...]) -> None:
    """A document can't turn the page's own words round, wherever what it says is put."""
    turning = references[0].model_copy(update={"title": "Vesicles \u202e9102"})
    page = audit_page([found_in([turning, *references[1:]], suspects=1, said="They \u2067carry\x07 PD-L1 (2).")])
    assert not {*"\u202e\u2067\x07"} & {*page}
    assert "Vesicles [U+202E]9102" in page
    assert "They [U+2067]carry  PD-L1 (2)." in page


def test_several_documents_and_none(references: tuple[Reference, ...]) -> None:
    """Each document has its heading and its own marks; without any, that is said."""
    one = found_in(references, suspects=1)
    page = audit_page([one, one])
    assert re.findall(r'id="([^"]+)"', page) == ["1.R1", "1.S1", "2.R1", "2.S1"]
    assert "2 documents" in page
    assert "nothing to audit" in audit_page([])


@pytest.mark.parametrize(
    ("known", "found"),
    [
        ({"DOI": "10.1/x"}, "https://doi.org/10.1/x"),
        ({"URL": "http://a.example/"}, "http://a.example/"),
        ({"URL": "javascript:alert(1)"}, ""),
        ({}, ""),
    ],
)
def test_only_addresses_of_the_web_are_linked(known: dict[str, str], found: str) -> None:
    """A DOI, else an address that starts as one of the web does."""
    assert link(Reference(number=1, raw="1. X.", **known)) == found
    assert link(None) == ""


def test_a_disk_that_refuses_is_told(tmp_path: Path) -> None:
    """With the place, and what to do."""
    with pytest.raises(InputError, match="choose another place"):
        save_page("x", tmp_path / "none" / "audit.html")


def test_an_audit_that_failed_has_no_figures(references: tuple[Reference, ...]) -> None:
    """The page says that nothing is known of the document and why, as text; it shows neither counts nor suspects."""
    failed = replace(found_in(references, suspects=1), failure="it <b>broke</b>")
    page = audit_page([failed])
    seen = text_of(page)
    assert "couldn’t be audited, so nothing is known of its citations: it &lt;b&gt;broke&lt;/b&gt;" in seen
    assert not [words for words in ("citations checked", "Nothing is suspect", "Support 0.07") if words in seen]
