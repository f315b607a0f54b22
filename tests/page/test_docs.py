"""The page of the interface, in a browser."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.page.views import Views


def opened(views: Views, anchor: str = "") -> Page:
    """The page, at one operation."""
    views.page.goto(f"{views.site}/docs#{anchor}")
    return views.page


def test_an_operation_is_tried_where_it_stands(views: Views) -> None:
    """An address opens an operation; its form sends the example under the page's policy, and shows the reply."""
    page = opened(views, "post-v1-ask")
    form = page.locator("#post-v1-ask form")
    form.get_by_role("button", name="Send").click()
    expect(form.locator(".said")).to_contain_text("200")
    expect(form.locator(".reply")).to_contain_text('"status": "answered"')
    form.get_by_role("button", name="Copy as curl").click()
    expect(form.locator(".said")).to_have_text("copied")
    copied = str(page.evaluate("navigator.clipboard.readText()"))
    assert copied.startswith(f"curl -X POST '{views.site}/v1/ask' -H 'Content-Type: application/json' -d '")


def test_fields_go_into_the_address(views: Views) -> None:
    """Path and query are filled in; what isn't JSON is shown as it is."""
    page = opened(views, "get-v1-corpora-name-references-number")
    form = page.locator("#get-v1-corpora-name-references-number form")
    form.get_by_label("number").fill("38")
    form.get_by_role("button", name="Send").click()
    expect(form.locator(".reply")).to_contain_text('"number": 38')
    form.get_by_label("format").fill("text")
    form.get_by_role("button", name="Send").click()
    expect(form.locator(".reply")).to_contain_text("[38] Chen J")


def test_it_can_be_read_without_scripts(views: Views, site: str) -> None:
    """Without scripts the operations are there, and no form that couldn't work."""
    context = views.page.context.browser.new_context(java_script_enabled=False)  # type: ignore[union-attr]
    page = context.new_page()
    page.goto(f"{site}/docs")
    assert page.locator("main section > details").count() > 20
    expect(page.locator("form").first).to_be_hidden()
    context.close()


@pytest.mark.parametrize("width", [1280, 360])
def test_everybody_can_read_it(views: Views, width: int) -> None:
    """Axe finds nothing serious in an open operation, and nothing is wider than a phone."""
    views.page.set_viewport_size({"width": width, "height": 800})
    page = opened(views, "get-v1-corpora-name-table")
    expect(page.locator("#get-v1-corpora-name-table form")).to_be_visible()
    found: dict[str, Any] = Axe().run(page).response
    assert not [each["id"] for each in found["violations"] if each["impact"] in ("serious", "critical")]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
