"""The process that opens a PDF: bytes in on stdin, one JSON line a page out on stdout."""

import json
import sys

import pypdfium2 as pdfium

from ingest.pdf.glyphs import PageGlyphs


def main() -> None:
    """Reads the file and writes its pages."""
    document = pdfium.PdfDocument(sys.stdin.buffer.read())
    fonts: dict[int, bool] = {}
    for page in document:
        glyphs = PageGlyphs(page, fonts)
        print(json.dumps([*page.get_size(), list(glyphs.runs())]))
        glyphs.close()


if __name__ == "__main__":
    main()
