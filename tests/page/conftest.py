"""One server and one browser for all tests of the page; without Chromium they are skipped."""

import os
import re
import shutil
import subprocess
import sysconfig
import time
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

from api.cli.main import main
from tests.page.texts import HOSTILE
from tests.page.views import Views

SCRIPT = str(Path(sysconfig.get_path("scripts")) / "evqa")


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where Chromium is."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not found:
        pytest.skip("no Chromium on the path: `apt-get install chromium`")
    return found


@pytest.fixture(scope="session")
def site(chromium: str, bare_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a server with the sample as `default`, and a document that means harm as `hostile`."""
    home = tmp_path_factory.mktemp("page") / "home"
    shutil.copytree(bare_home, home)
    next((home / "corpora").glob("sample.*")).rename(home / "corpora" / "default")
    file = home / "hostile.md"
    file.write_text(HOSTILE, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(StringIO()), redirect_stderr(StringIO()) as messages:
        patch.setenv("EVQA_HOME", str(home))
        assert main(["ingest", str(file), "--corpus", "hostile"]) == 0, messages.getvalue()
    with serving(home) as address:
        yield address


@contextmanager
def serving(home: Path, **settings: str) -> Iterator[str]:
    """A server over the home, with these settings, by its address, until the context ends."""
    environment = {**os.environ, "EVQA_HOME": str(home), **settings}
    command = [SCRIPT, "serve", "--port", "0"]
    log = home / "log"
    # A file, since a pipe that nobody reads would fill up and stop the server.
    with (
        log.open("w") as written,
        subprocess.Popen(command, env=environment, stdout=written, stderr=written) as process,
    ):
        try:
            yield listening(log, process)
        finally:
            process.kill()


def listening(log: Path, process: subprocess.Popen[bytes]) -> str:
    """The address that the server says it listens on."""
    deadline = time.monotonic() + 240
    while process.poll() is None and time.monotonic() < deadline:
        if found := re.search(r"listening on (http://127\.0\.0\.1:\d+)", log.read_text(encoding="utf-8")):
            return found[1]
        time.sleep(0.05)
    raise AssertionError(log.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """Chromium without a window.

    Closed with the last test of a file: while it is open, this thread runs an event loop, which other tests can't bear.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser, site: str) -> Iterator[BrowserContext]:
    """A reader's session of their own, who may use the clipboard."""
    context = browser.new_context(viewport={"width": 1280, "height": 860}, accept_downloads=True)
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site)
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def views(context: BrowserContext, site: str) -> Iterator[Views]:
    """The page; when the test ends, it has asked no other server and its console holds no error."""
    page = context.new_page()
    elsewhere: list[str] = []
    errors: list[str] = []

    def asked(request: Request) -> None:
        if not request.url.startswith((site, "blob:", "data:")):
            elsewhere.append(request.url)

    page.on("request", asked)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    yield Views(page, site)
    assert not elsewhere
    assert not errors


@pytest.fixture
def page(views: Views) -> Page:
    """The browser's page itself."""
    return views.page
