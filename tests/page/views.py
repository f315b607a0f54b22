"""How tests get about on the page."""

from dataclasses import dataclass
from urllib.parse import urlencode

from playwright.sync_api import Page

QUESTION = "What do vesicles carrying PD-L1 do to anti-PD-L1 antibodies?"
UNANSWERED = "What is the boiling point of tungsten hexafluoride?"


@dataclass(frozen=True)
class Views:
    """The page and where it is served."""

    page: Page
    site: str

    def open(self, awaited: str, **query: str) -> Page:
        """The view with this query, once the awaited element is there and nothing is being loaded."""
        self.page.goto(f"{self.site}/?{urlencode(query)}")
        return self.settled(awaited)

    def settled(self, awaited: str) -> Page:
        """The page, once the element is there and nothing is being loaded."""
        self.page.wait_for_selector(awaited)
        self.page.wait_for_selector("[aria-busy]", state="detached")
        return self.page
