"""An answer also as a running text, where the server has a language model."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, expect

from tests.index.judging.scripted import Request, Scripted, ScriptedEndpoint, reply, scripted
from tests.page.conftest import serving
from tests.page.views import QUESTION, Views


def joined(request: Request) -> Scripted:
    """The first claim as it stands, and a sentence that no claim says."""
    first = request.asked["claims"][0]
    invented = {"text": "Aspirin cured 99 % of all patients.", "claims": [first["number"]]}
    return reply(json.dumps({"sentences": [{"text": first["text"], "claims": [first["number"]]}, invented]}))


@pytest.fixture(scope="module")
def model() -> Iterator[ScriptedEndpoint]:
    """The model's endpoint."""
    with scripted(joined) as server:
        yield server


@pytest.fixture(scope="module")
def phrasing_site(
    chromium: str, bare_home: Path, model: ScriptedEndpoint, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A server with the model set."""
    home = tmp_path_factory.mktemp("phrasing") / "home"
    shutil.copytree(bare_home, home)
    next((home / "corpora").glob("sample.*")).rename(home / "corpora" / "default")
    with serving(home, EVQA_LLM=model.address, EVQA_LLM_MODEL="tiny") as address:
        yield address


def test_sentences_stand_with_their_statements(context: BrowserContext, phrasing_site: str) -> None:
    """Asked for by a button, the text shows each sentence with numbers and letters; what failed stands as printed, and
    that is said; a letter leads to its statement."""
    views = Views(context.new_page(), phrasing_site)
    page = views.open(".claim", corpus="default", q=QUESTION)
    page.get_by_role("button", name="Also as a running text").click()
    box = page.get_by_role("region", name="As a running text")
    expect(box.locator(".phrased bdi").first).to_be_visible()
    assert "Aspirin" not in box.inner_text()
    expect(box.locator(".as-printed").first).to_be_visible()
    expect(box).to_contain_text("failed the check and stand as printed")
    expect(box).to_contain_text("Joined by tiny, not word for word.")
    said = page.locator(".claim .said bdi").first.inner_text()
    assert box.locator(".phrased bdi").first.inner_text()[:30] == said[:30]
    box.get_by_role("link", name="Statement A").first.click()
    expect(page.locator("#claim-0")).to_be_in_viewport()
    assert [each["id"] for each in Axe().run(page, ".phrasing").response["violations"]] == []


def test_nothing_is_offered_without_a_model(views: Views) -> None:
    """Where no model is set the page shows no such button, and asks for none."""
    page = views.open(".claim", corpus="default", q=QUESTION)
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("button", name="Also as a running text")).to_have_count(0)
