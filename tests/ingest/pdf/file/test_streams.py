"""Damaged streams found."""

import zlib

from hypothesis import given
from hypothesis import strategies as st

from ingest.pdf.file.streams import broken_streams
from tests.ingest.pdf.written import deflated, file_of, paged, shown, stream

PACKED = b"/Filter/FlateDecode"
BODY = zlib.compress(shown(b"Ordinary words stand here") * 20)


def test_whole_streams_are_sound() -> None:
    """Streams as written, plain or packed, in a list of filters or not, aren't taken for damaged."""
    assert broken_streams(paged(shown(b"words"))) == 0
    assert broken_streams(paged(BODY, BODY, stream_keys=PACKED)) == 0
    assert broken_streams(paged(BODY, stream_keys=b"/Filter [ /FlateDecode ]")) == 0
    assert broken_streams(paged(BODY, stream_keys=b"/Filter[/ASCII85Decode/FlateDecode]")) == 0


# The byte before the checksum may end in bits that mean nothing.
@given(st.integers(2, len(BODY) - 6), st.integers(0, 7))
def test_any_changed_bit_is_found(place: int, bit: int) -> None:
    """A bit changed anywhere in what is packed makes the stream a broken one."""
    changed = bytearray(BODY)
    changed[place] ^= 1 << bit
    assert broken_streams(paged(BODY, bytes(changed), stream_keys=PACKED)) == 1


def test_cut_streams_are_found() -> None:
    """A stream that stops with the file is a broken one."""
    whole = file_of({1: stream(BODY, PACKED)})
    assert broken_streams(whole[: whole.index(b"endstream") - 10]) == 1


def test_pictures_and_encrypted_files_are_left_out() -> None:
    """A damaged picture costs no text; what is encrypted can't be checked."""
    assert broken_streams(file_of({1: stream(BODY[:-9], b"/Subtype/Image" + PACKED)})) == 0
    assert broken_streams(file_of({1: stream(BODY[:-9], PACKED)}, b"/Encrypt 6 0 R")) == 0


def test_streams_that_unpack_to_gigabytes_are_left() -> None:
    """No more is unpacked than the bound."""
    assert broken_streams(paged(deflated(b" " * 2**20, 2048), stream_keys=PACKED)) == 0
