"""Declarations of PDFium's functions, compared with the complete bindings."""

import ctypes

import pypdfium2.raw as bindings
import pytest

from ingest.pdf.file.pdfium import Pdfium


@pytest.mark.parametrize(("name", "result", "arguments"), Pdfium.SIGNATURES)
def test_signatures(name: str, result: type | None, arguments: tuple[type, ...]) -> None:
    """Each function exists and takes and gives values of the sizes that pypdfium2's bindings declare."""
    function = getattr(bindings, name)
    declared = [ctypes.sizeof(one) for one in function.argtypes]
    assert [ctypes.sizeof(one) for one in arguments] == declared
    assert (result is None) == (function.restype is None)
    assert result is None or ctypes.sizeof(result) == ctypes.sizeof(function.restype)
