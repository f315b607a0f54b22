"""Text that means harm is text."""

import pytest
from playwright.sync_api import BrowserContext, Error, expect

from tests.page.views import Views


@pytest.mark.parametrize(
    ("awaited", "query"),
    [
        (".examples a", {}),
        (".claim", {"q": "How fast does lichen on slate grow?"}),
        (".claim", {"q": "Growth <img src=x onerror='window.harmed = 8'>"}),
        (".claim", {"q": "What does reference 1 support?", "entry": "1,2"}),
        (".entries li", {"view": "bibliography"}),
        (".audit", {"view": "audit"}),
        (".report", {"view": "corpora"}),
    ],
)
def test_no_view_runs_or_builds_what_a_document_says(views: Views, awaited: str, query: dict[str, str]) -> None:
    """Scripts and handlers in titles, sentences, entries and questions make no element and never run."""
    page = views.open(awaited.replace(".claim", ".claim, .refusal"), corpus="hostile", **query)
    page.wait_for_timeout(50)
    assert page.evaluate("window.harmed") is None
    assert page.locator("main script, main img, main iframe, main svg, main b, aside script").count() == 0


def test_the_document_shows_markup_as_it_was_written(views: Views) -> None:
    """In place, tags stand as text, and a control that would turn the text round is shown, not obeyed."""
    page = views.open(".claim", corpus="hostile", q="What does reference 1 support?")
    page.locator(".claim .open").first.click()
    paper = views.settled(".paper").locator(".paper")
    expect(paper).to_contain_text('<iframe srcdoc="<script>parent.harmed = 5</script>">')
    expect(paper.locator(".control").first).to_have_text("U+202E")
    assert "\u202e" not in paper.inner_text()
    assert page.evaluate("window.harmed") is None


def test_a_script_that_got_in_would_not_run(context: BrowserContext, site: str) -> None:
    """The policy stops inline scripts and markup from text, even if the page's own code were to put them in."""
    page = context.new_page()
    page.goto(site)
    with pytest.raises(Error, match="TrustedHTML"):
        page.evaluate("document.getElementById('main').innerHTML = '<img src=x onerror=harmed=9>'")
    with pytest.raises(Error, match="TrustedScript"):
        page.evaluate("document.body.setAttribute('onclick', 'window.harmed = 10')")
    assert page.evaluate("window.harmed") is None
