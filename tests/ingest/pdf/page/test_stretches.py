"""What of a document a page can show."""

from ingest.pdf.page.page import letters
from ingest.pdf.page.places import places
from ingest.pdf.page.stretches import stretches
from ingest.reader import READERS, source_of
from tests.api.running import MOSS as TEXT
from tests.ingest.pdf.wool import wool


def test_every_statement_of_a_printed_article_has_its_page() -> None:
    """Sentences and entries, in the order of the text, all on pages that there are, and each found on its own."""
    data = wool()
    document = READERS[".pdf"](data, source_of("wool.pdf", data))
    found = stretches(document)
    texts = [document.text[each.start : each.end] for each in found]
    assert found == sorted(found)
    assert {each.page for each in found} == {1, 2}
    assert "The harbour board pays." in texts
    assert sum(text.startswith("Fenwick A.") or ". Fenwick A." in text for text in texts) == 5
    count, printed = letters(data, 1, 2)
    shown = [
        place
        for number in (1, 2)
        for place in places(document.text, found, number, [None, *printed][number - 1 : number + 1])
    ]
    assert count == 2
    assert {each.start for each in shown} == {each.start for each in found}


def test_a_text_has_no_pages() -> None:
    """A document that knows no pages has nothing to show on one."""
    document = READERS[".md"](TEXT.encode(), source_of("a.md", TEXT.encode()))
    assert document.sentences
    assert stretches(document) == []
