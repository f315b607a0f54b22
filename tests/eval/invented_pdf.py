"""A PDF written by hand: lines of text in Helvetica, for tests that need any PDF at all."""

from collections.abc import Sequence


def pdf_of(lines: Sequence[str]) -> bytes:
    """A PDF of one page."""
    shown = " ".join(f"({line.translate(ESCAPES)}) Tj T*" for line in lines)
    content = f"BT /F1 10 Tf 12 TL 50 780 Td {shown} ET".encode("latin-1", "replace")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content),
    ]
    body, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, text)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    return (
        body
        + b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (
            count,
            table,
            count,
            len(body),
        )
    )


ESCAPES = str.maketrans({"\\": "\\\\", "(": "\\(", ")": "\\)"})
