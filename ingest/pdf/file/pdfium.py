"""The functions of the PDFium library that we need, declared by hand.

pypdfium2's own bindings declare 460 functions and take 40 ms to import for each file: as long as reading four pages.
"""

import ctypes
from ctypes import POINTER, Structure, c_char_p, c_double, c_float, c_int, c_size_t, c_uint, c_ulong, c_void_p

PASSWORD_ERROR, SECURITY_ERROR = 4, 5
IMAGE = 3


class Box(Structure):
    """FS_RECTF: a rectangle in points, y grows upwards."""

    _fields_ = (("left", c_float), ("top", c_float), ("right", c_float), ("bottom", c_float))
    left: float
    top: float
    right: float
    bottom: float


class Matrix(Structure):
    """FS_MATRIX: how a text object is scaled and turned."""

    _fields_ = tuple((name, c_float) for name in "abcdef")
    a: float
    b: float
    c: float
    d: float


class Pdfium(ctypes.CDLL):
    """The PDFium library at a path, ready for use. Raises OSError if it can't be loaded."""

    SIGNATURES = (
        ("FPDF_InitLibrary", None, ()),
        ("FPDF_LoadMemDocument64", c_void_p, (c_char_p, c_size_t, c_char_p)),
        ("FPDF_GetLastError", c_ulong, ()),
        ("FPDF_GetPageCount", c_int, (c_void_p,)),
        ("FPDF_LoadPage", c_void_p, (c_void_p, c_int)),
        ("FPDF_ClosePage", None, (c_void_p,)),
        ("FPDF_GetPageBoundingBox", c_int, (c_void_p, POINTER(Box))),
        ("FPDF_GetPageWidthF", c_float, (c_void_p,)),
        ("FPDF_GetPageHeightF", c_float, (c_void_p,)),
        ("FPDF_PageToDevice", c_int, (c_void_p, *[c_int] * 5, c_double, c_double, *[POINTER(c_int)] * 2)),
        ("FPDF_RenderPageBitmap", None, (c_void_p, c_void_p, *[c_int] * 6)),
        ("FPDFBitmap_CreateEx", c_void_p, (c_int, c_int, c_int, c_void_p, c_int)),
        ("FPDFBitmap_FillRect", c_int, (c_void_p, *[c_int] * 4, c_ulong)),
        ("FPDFPage_CountObjects", c_int, (c_void_p,)),
        ("FPDFPage_GetObject", c_void_p, (c_void_p, c_int)),
        ("FPDFPageObj_GetType", c_int, (c_void_p,)),
        ("FPDFPageObj_GetBounds", c_int, (c_void_p, *[POINTER(c_float)] * 4)),
        ("FPDFPageObj_GetMarkedContentID", c_int, (c_void_p,)),
        ("FPDFPageObj_CountMarks", c_int, (c_void_p,)),
        ("FPDFPageObj_GetMark", c_void_p, (c_void_p, c_ulong)),
        ("FPDFPageObjMark_GetName", c_int, (c_void_p, c_char_p, c_ulong, POINTER(c_ulong))),
        ("FPDF_StructTree_GetForPage", c_void_p, (c_void_p,)),
        ("FPDF_StructTree_Close", None, (c_void_p,)),
        ("FPDF_StructTree_CountChildren", c_int, (c_void_p,)),
        ("FPDF_StructTree_GetChildAtIndex", c_void_p, (c_void_p, c_int)),
        ("FPDF_StructElement_GetType", c_ulong, (c_void_p, c_char_p, c_ulong)),
        ("FPDF_StructElement_CountChildren", c_int, (c_void_p,)),
        ("FPDF_StructElement_GetChildAtIndex", c_void_p, (c_void_p, c_int)),
        ("FPDF_StructElement_GetChildMarkedContentID", c_int, (c_void_p, c_int)),
        ("FPDFText_LoadPage", c_void_p, (c_void_p,)),
        ("FPDFText_ClosePage", None, (c_void_p,)),
        ("FPDFText_CountChars", c_int, (c_void_p,)),
        ("FPDFText_GetText", c_int, (c_void_p, c_int, c_int, c_char_p)),
        ("FPDFText_GetUnicode", c_uint, (c_void_p, c_int)),
        ("FPDFText_HasUnicodeMapError", c_int, (c_void_p, c_int)),
        ("FPDFText_GetLooseCharBox", c_int, (c_void_p, c_int, POINTER(Box))),
        ("FPDFText_GetCharOrigin", c_int, (c_void_p, c_int, POINTER(c_double), POINTER(c_double))),
        ("FPDFText_GetFontSize", c_double, (c_void_p, c_int)),
        ("FPDFText_GetMatrix", c_int, (c_void_p, c_int, POINTER(Matrix))),
        ("FPDFText_GetTextObject", c_void_p, (c_void_p, c_int)),
        ("FPDFTextObj_GetFont", c_void_p, (c_void_p,)),
        ("FPDFFont_GetBaseFontName", c_size_t, (c_void_p, c_char_p, c_size_t)),
    )

    def __init__(self, path: str) -> None:
        super().__init__(path)
        for name, result, arguments in self.SIGNATURES:
            function = getattr(self, name)
            function.restype, function.argtypes = result, arguments
        self.FPDF_InitLibrary()

    def bounds(self, thing: int) -> tuple[float, float, float, float]:
        """Return left, bottom, right and top of a page's object, in points."""
        left, bottom, right, top = (c_float() for _ in range(4))
        self.FPDFPageObj_GetBounds(thing, left, bottom, right, top)
        return left.value, bottom.value, right.value, top.value

    def area(self, thing: int) -> float:
        """Return the area of a page's object, in square points."""
        left, bottom, right, top = self.bounds(thing)
        return (right - left) * (top - bottom)
