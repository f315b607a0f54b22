"""Write formulas of JATS as characters: MathML, TeX with its preamble, plain text."""

import re
from collections.abc import Callable

from ingest.jats.xml import Element
from ingest.markup.latex import formula
from ingest.markup.styled import tidy
from ingest.markup.superscript import raised

_BEGIN, _END = "\\begin{document}", "\\end{document}"
_PREAMBLE = re.compile(r"\\(?:documentclass|usepackage|setlength|oddsidemargin)\s*(?:\[[^\]]*\])?(?:\{[^{}]*\}){0,2}")
_LAYOUT = re.compile(
    r"\\(?:begin|end)\{[^{}]{1,30}\}|\\(?:left|right|displaystyle|limits|nolimits|,|;|!|quad|qquad)(?![A-Za-z])"
)
_BARE = re.compile(r"[\w.α-ωΑ-Ω∞′]+")
FORMULAS = frozenset({"inline-formula", "disp-formula", "math", "tex-math", "alternatives"})


def formula_text(element: Element) -> str:
    """Write a formula in one line, from its MathML, TeX or words, with its label behind it."""
    if element.tag == "math":
        return tidy(_math(element))
    if element.tag == "tex-math":
        return tex_text("".join(element.itertext()))
    label = element.findtext("label") or ""
    chosen = next((f for tag in ("math", "tex-math") if (f := element.find(f".//{tag}")) is not None), None)
    if chosen is not None:
        return tidy(f"{formula_text(chosen)} {label}")
    return tidy(" ".join(part for part in element.itertext() if part.strip()))


def tex_text(source: str) -> str:
    """Write TeX as characters, without the preamble that publishers put around each formula."""
    _, begun, document = source.partition(_BEGIN)
    body = document.partition(_END)[0] if begun else _PREAMBLE.sub("", source)
    body = " ".join(_LAYOUT.sub(" ", body.replace("$", " ")).split())
    return formula(body).canonical.strip("$").strip()


def _math(element: Element) -> str:
    children = [_math(child) for child in element if child.tag not in ("annotation", "annotation-xml")]
    made = _SHAPES.get(str(element.tag))
    if made and len(children) >= made[0]:
        return made[1](children)
    return (element.text or "").strip() + "".join(children) + _between(element)


def _between(element: Element) -> str:
    return " " if element.tag == "mtext" and (element.text or "").endswith(" ") else ""


def _upper(content: str) -> str:
    return raised(content.strip())


def _grouped(content: str) -> str:
    return content if _BARE.fullmatch(content.strip()) else f"({content.strip()})"


# How many parts a shape needs, and the line that they make.
_SHAPES: dict[str, tuple[int, Callable[[list[str]], str]]] = {
    "mfrac": (2, lambda c: f"{_grouped(c[0])}/{_grouped(c[1])}" + "".join(c[2:])),
    "msup": (2, lambda c: c[0] + _upper(c[1]) + "".join(c[2:])),
    "mover": (2, lambda c: c[0] + _upper(c[1]) + "".join(c[2:])),
    "msubsup": (3, lambda c: c[0] + c[1] + _upper(c[2]) + "".join(c[3:])),
    "munderover": (3, lambda c: c[0] + c[1] + _upper(c[2]) + "".join(c[3:])),
    "msqrt": (1, lambda c: f"√{_grouped(''.join(c))}"),
    "mtr": (1, lambda c: " ".join(c) + " "),
    "mfenced": (1, lambda c: f"({', '.join(c)})"),
}
