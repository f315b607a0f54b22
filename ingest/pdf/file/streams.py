"""Check the compressed streams of a PDF against their checksums.

PDFium silently uses what a damaged stream unpacks to before its damage, so letters or half a page may be missing.
"""

import re
import zlib

_STREAM = re.compile(rb"/Filter\s*\[?\s*/FlateDecode\b([^\0]{0,400}?)>>\s*stream\r?\n")
_DICTIONARY = 400
_CHUNK, _UNPACKED = 65_536, 1_000_000
_MOST = 100_000_000


def broken_streams(data: bytes) -> int:
    """Count the streams that don't unpack to their end, except pictures. 0 for an encrypted file.

    At most 100 MB are unpacked, never more than 1 MB at a time.
    """
    if b"/Encrypt" in data:
        return 0
    broken, left = 0, _MOST
    for found in _STREAM.finditer(data):
        if left <= 0:
            break
        if not _is_picture(data, found):
            is_whole, size = _unpacks(data, found.end(), left)
            broken, left = broken + (not is_whole), left - size
    return broken


def _is_picture(data: bytes, found: re.Match[bytes]) -> bool:
    begin = data.rfind(b"obj", max(0, found.start() - _DICTIONARY), found.start())
    return b"/Image" in data[max(begin, 0) : found.end()]


def _unpacks(data: bytes, start: int, most: int) -> tuple[bool, int]:
    """Return whether a stream ends as its checksum says, and its size; True if it is too large to check."""
    packed, size, place = zlib.decompressobj(), 0, start
    try:
        while not packed.eof and size < most:
            chunk = packed.unconsumed_tail
            if not chunk:
                chunk, place = data[place : place + _CHUNK], place + _CHUNK
            if not chunk:
                return False, size
            size += len(packed.decompress(chunk, _UNPACKED))
    except zlib.error:
        return False, size
    return True, size
