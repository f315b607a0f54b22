"""The process that recognises a page of a PDF. It reads the file's bytes from stdin and writes one line of JSON.

That is {"outcome", "lines"}; the outcome is "read" or a word for the problem. A line is a list of words, and a word the
fields of `Word` in `ingest/pdf/ocr/printed.py`. Lengths are in points; y grows upwards from the page's lower edge.

Other than the processes that read a text layer, this one loads packages: Tesseract and numpy, from the folders that it
is given. It opens no file but these and Tesseract's model.
"""

import json
import os
import sys
from typing import TYPE_CHECKING

from ingest.pdf.file.child import RefusalError, limit
from ingest.pdf.file.pdfium import Pdfium
from ingest.pdf.page.page_child import Pages

if TYPE_CHECKING:
    from ingest.pdf.ocr.tesseract import Read

SECONDS = 90
MEMORY = 1_000_000_000
# Pixels per point: 300 dots per inch, less where the page is so large that its picture would be too.
SCALE = 300 / 72
PIXELS = 12_000_000


def main(library: str, number: str, model: str, *folders: str) -> None:
    """Recognise the page of that number, counted from 1, with the model that lies in a folder."""
    limit(SECONDS, MEMORY)
    # More threads gain little here, take memory, and could add up in another order.
    os.environ.update(OMP_THREAD_LIMIT="1", OPENBLAS_NUM_THREADS="1")
    sys.path.extend(folders)
    data = sys.stdin.buffer.read()
    told: dict[str, object] = {"outcome": "read"}
    try:
        told["lines"] = _lines(Pages(Pdfium(library), data), int(number), model)
    except RefusalError as error:
        told["outcome"] = str(error)
    except MemoryError:
        told["outcome"] = "memory"
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()
    os._exit(0)


def _lines(pages: Pages, number: int, model: str) -> list[object]:
    import numpy as np

    from ingest.pdf.ocr.tesseract import Recogniser

    across, down = pages.size(number)
    width, height = pixels_of(across, down)
    scale = height / down
    picture = np.frombuffer(pages.grey(number, width, height), np.uint8).reshape(height, width)
    read = Recogniser(model, round(72 * scale)).read(picture)
    return [_line(line, height, scale) for line in read]


def pixels_of(across: float, down: float) -> tuple[int, int]:
    """Width and height of the picture of a page, given in points. PDFium wants widths that are multiples of four."""
    scale = min(SCALE, (PIXELS / (across * down)) ** 0.5)
    return max(4, int(across * scale) // 4 * 4), max(1, int(down * scale))


def _line(line: "Read", height: int, scale: float) -> list[object]:
    return [
        [
            word.text,
            round(word.x0 / scale, 2),
            round(word.x1 / scale, 2),
            round((height - word.baseline) / scale, 2),
            round(word.stroke / scale, 3),
            round(word.confidence, 4),
            word.is_raised,
            [round(letter / scale, 3) for letter in word.flat],
            [round(letter / scale, 3) for letter in word.tall],
        ]
        for word in line.words
    ]
