"""A walk through the running page in pictures, shown by docs/walk.md.

    python -m tests.page.walk [FOLDER]      # by default docs/walk

Needs Chromium on the path and the packages for development. It serves an empty home of its own, in which evqa's model
is made ready first, stores the invented paper of the tutorials and the built-in sample by the page, and goes through
the story below. Pictures have one size, the light theme, and nothing that moves.
"""

import base64
import os
import shutil
import struct
import sys
import tempfile
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Page, sync_playwright

from ingest.sample import sample_path
from tests.page.conftest import serving
from tests.page.views import QUESTION, Views

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "walk"
PAPER = ROOT / "docs" / "tutorials" / "paper.pdf"
SIZE = (1120, 720)
# Bytes of one picture.
MOST = 120_000
ASKED = "How many hours a day did nurses with lamps sleep?"
SHIFTED = "What does miR-222-3p of ovarian cancer do to macrophages?"
NOT_THERE = "Did any nurse take statins?"
MISQUOTED = "Nurses with lamps slept 7.2 hours a day"

TO_THE_TOP = "each => scrollBy(0, each.getBoundingClientRect().top - 90)"
# Red, green, blue and opacity of a PNG in base64, in base64.
DECODE = """async (png) => {
  const bitmap = await createImageBitmap(await (await fetch("data:image/png;base64," + png)).blob());
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext("2d");
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
  let text = "";
  for (let i = 0; i < data.length; i += 32768) text += String.fromCharCode(...data.subarray(i, i + 32768));
  return btoa(text);
}"""


def drop(views: Views) -> None:
    """The first screen, with a place for a file."""
    views.open(".drop.large")


def stored(views: Views) -> None:
    """Both files are taken in."""
    views.page.get_by_label("Choose files").set_input_files([PAPER, sample_path()])
    views.page.wait_for_selector(".jobs .report", timeout=240_000)
    views.settled(".jobs .report").locator(".jobs").get_by_role("link", name="Ask it").scroll_into_view_if_needed()


def answer(views: Views) -> None:
    """A question typed, its answer beside its document."""
    page = views.open(".examples a", corpus="default")
    page.get_by_label("Question").fill(ASKED)
    page.keyboard.press("Enter")
    views.settled(".reader mark.chosen")


def printed(views: Views) -> None:
    """The page of the PDF, with the statement marked."""
    views.page.get_by_role("link", name="As printed on page").first.click()
    views.settled(".print a.chosen")


def hover(views: Views) -> None:
    """The pointer on one of several statements lights its place."""
    page = views.open(".reader mark.chosen", corpus="default", q=QUESTION)
    page.locator(".claim .said").last.hover()
    page.wait_for_selector(".reader mark.lit")
    # The document follows once the pointer has stayed.
    page.wait_for_timeout(800)


def entry(views: Views) -> None:
    """The entry of a number, over the document."""
    views.page.locator(".claim .chip").first.click()
    views.settled("#side .entry")


def doubt(views: Views) -> None:
    """A statement whose number is in doubt."""
    views.open(".claim .doubt", corpus="default", q=SHIFTED)


def refusal(views: Views) -> None:
    """A question without an answer."""
    views.open(".refusal", corpus="default", q=NOT_THERE)


def table(views: Views) -> None:
    """Questions put to each document by itself."""
    page = views.open("#questions", view="tables", corpus="default")
    page.get_by_label("Questions").fill(f"{ASKED}\nHow many patients took part?")
    page.get_by_role("button", name="Make the table").click()
    page.wait_for_selector(".evidence-table tbody tr")
    page.locator(".evidence-table[aria-busy]").wait_for(state="detached")
    page.get_by_role("button", name="Make the table").evaluate(TO_THE_TOP)


def quotation(views: Views) -> None:
    """A wrong number in a quotation, found by the form of /docs."""
    page = views.page
    page.goto(f"{views.site}/docs#post-v1-check")
    form = page.locator("#post-v1-check form")
    form.locator("textarea").fill(f'{{"sentences": ["{MISQUOTED}"], "corpus": "default"}}')
    form.get_by_role("button", name="Send").click()
    form.locator(".reply").get_by_text("near").wait_for()
    form.locator("textarea").evaluate(TO_THE_TOP)


STORY: tuple[Callable[[Views], None], ...] = (
    drop, stored, answer, printed, hover, entry, doubt, refusal, table, quotation,
)  # fmt: skip


def names() -> list[str]:
    """Names of the pictures, in the order of the story."""
    return [f"{number:02}-{step.__name__}.png" for number, step in enumerate(STORY, 1)]


def photographed(site: str, chromium: str, folder: Path) -> None:
    """Walk through the page at this address and write a picture of each step. Raises ValueError if one is too large."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-lcd-text"])
        width, height = SIZE
        page = browser.new_page(
            viewport={"width": width, "height": height}, color_scheme="light", reduced_motion="reduce"
        )
        page.set_default_timeout(60_000)
        blank = browser.new_page()
        for name, step in zip(names(), STORY, strict=True):
            step(Views(page, site))
            picture = palette_png(pixels(blank, page.screenshot(animations="disabled", caret="hide")))
            if len(picture) > MOST:
                raise ValueError(f"{name} has {len(picture)} bytes, more than {MOST}")
            (folder / name).write_bytes(picture)
        browser.close()


def pixels(blank: Page, screenshot: bytes) -> NDArray[np.uint8]:
    """Red, green and blue of a screenshot, as rows × columns × 3, decoded by an empty page of the browser."""
    width, height = SIZE
    raw = base64.b64decode(blank.evaluate(DECODE, base64.b64encode(screenshot).decode()))
    return np.frombuffer(raw, np.uint8).reshape(height, width, 4)[:, :, :3]


def palette_png(picture: NDArray[np.uint8]) -> bytes:
    """A PNG (ISO/IEC 15948) of the 256 commonest colours, told apart by steps of 8; others take the nearest."""
    height, width, _ = picture.shape
    steps = (picture >> 3).reshape(-1, 3).astype(np.int64)
    codes, inverse, counts = np.unique(steps @ (1024, 32, 1), return_inverse=True, return_counts=True)
    colours = np.stack([codes >> 10, codes >> 5 & 31, codes & 31], axis=1)
    commonest = np.argsort(-counts, kind="stable")[:256]
    kept = colours[commonest]
    # A colour is the mean of what is counted with it, so that grounds keep their tone.
    sums = np.stack([np.bincount(inverse, picture.reshape(-1, 3)[:, channel]) for channel in range(3)], axis=1)
    palette = np.rint(sums[commonest] / counts[commonest, None]).astype(np.uint8)
    nearest = ((colours[:, None] - kept[None]) ** 2).sum(axis=2).argmin(axis=1)
    rows = nearest[inverse].astype(np.uint8).reshape(height, width)
    lines = np.insert(rows, 0, 0, axis=1).tobytes()
    parts = {
        b"IHDR": struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0),
        b"PLTE": palette.tobytes(),
        b"IDAT": zlib.compress(lines, 9),
        b"IEND": b"",
    }
    chunks = [struct.pack(">I", len(body)) + kind + body for kind, body in parts.items()]
    checked = [chunk + struct.pack(">I", zlib.crc32(chunk[4:])) for chunk in chunks]
    return b"\x89PNG\r\n\x1a\n" + b"".join(checked)


def main(folder: Path) -> None:
    """Take all pictures anew."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not chromium:
        sys.exit("no Chromium on the path: `apt-get install chromium`")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, serving(Path(home)) as site:
        photographed(site, chromium, folder)


if __name__ == "__main__":
    os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1")
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
