"""Small PDFs, written byte by byte."""

import zlib
from collections.abc import Mapping
from hashlib import md5

HELVETICA = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
BOX = b"/MediaBox[0 0 600 800]"
FONT, FIRST = 3, 10


def file_of(objects: Mapping[int, bytes], trailer: bytes = b"/Root 1 0 R") -> bytes:
    """A PDF of numbered objects with a table of their places."""
    written, places = bytearray(b"%PDF-1.4\n"), {}
    for number, body in objects.items():
        places[number] = len(written)
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, size = len(written), max(objects) + 1
    written += b"xref\n0 %d\n0000000000 65535 f \n" % size
    written += b"".join(b"%010d 00000 n \n" % places.get(number, 0) for number in range(1, size))
    return bytes(written) + b"trailer\n<</Size %d %s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start)


def stream(data: bytes, keys: bytes = b"") -> bytes:
    """A stream object with its length and other keys."""
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), keys, data)


def tree(kids: bytes, count: int) -> dict[int, bytes]:
    """A catalogue, a page tree with these kids, a font."""
    return {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count),
        FONT: HELVETICA,
    }


def paged(
    *contents: bytes, keys: bytes = BOX, stream_keys: bytes = b"", more: Mapping[int, bytes] | None = None
) -> bytes:
    """A PDF with a page for each content; `keys` are the pages', objects from 4 to 9 are free for `more`."""
    places = range(FIRST, FIRST + 2 * len(contents), 2)
    objects = tree(b" ".join(b"%d 0 R" % place for place in places), len(contents)) | dict(more or {})
    fonts = b" ".join(b"/F%d %d 0 R" % (n, n) for n in range(FONT, FIRST) if n in objects)
    for place, content in zip(places, contents, strict=True):
        page = b"/Type/Page/Parent 2 0 R/Contents %d 0 R/Resources<</Font<<%s>>/XObject<<%s>>>>" % (
            place + 1,
            fonts,
            fonts.replace(b"/F", b"/X"),
        )
        objects[place], objects[place + 1] = b"<<%s%s>>" % (page, keys), stream(content, stream_keys)
    return file_of(objects)


def shown(text: bytes, x: float = 50, y: float = 700, look: bytes = b"/F3 10", matrix: str = "1 0 0 1") -> bytes:
    """Content that prints a text at a place, in a font and size."""
    return b"BT %s Tf %s %g %g Tm (%s) Tj ET\n" % (look, matrix.encode(), x, y, text)


def locked(content: bytes, password: bytes) -> bytes:
    """A page encrypted with a user's password, as the PDF Reference 1.4 has it (algorithms 3.1 to 3.4, 40 bits)."""
    padding = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
    user, rights, name = (password + padding)[:32], -4, b"0123456789abcdef"
    owner = rc4(md5((b"owner" + padding)[:32]).digest()[:5], user)
    key = md5(user + owner + rights.to_bytes(4, "little", signed=True) + name).digest()[:5]
    page = b"<</Type/Page/Parent 2 0 R%s/Contents 5 0 R/Resources<</Font<</F3 3 0 R>>>>>>" % BOX
    body = stream(rc4(md5(key + (5).to_bytes(3, "little") + bytes(2)).digest()[:10], content))
    rules = b"<</Filter/Standard/V 1/R 2/P %d/O<%s>/U<%s>>>" % (
        rights,
        owner.hex().encode(),
        rc4(key, padding).hex().encode(),
    )
    trailer = b"/Root 1 0 R/Encrypt 6 0 R/ID[<%s><%s>]" % (name.hex().encode(), name.hex().encode())
    return file_of(tree(b"4 0 R", 1) | {4: page, 5: body, 6: rules}, trailer)


def rc4(key: bytes, data: bytes) -> bytes:
    """Data under RC4, which undoes itself."""
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def deflated(block: bytes, times: int) -> bytes:
    """A block many times over, compressed, made without ever being unpacked."""
    packer = zlib.compressobj(9)
    first = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    again = zlib.compressobj(9, wbits=-15)
    return first + (again.compress(block) + again.flush(zlib.Z_FULL_FLUSH)) * (times - 1)
