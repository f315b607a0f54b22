"""Write what stands within a line of HTML in JATS's tags."""

import re
from copy import deepcopy

from ingest.html.references import Citing
from ingest.jats.xml import Element
from ingest.tagged.elements import ElementWriter

_TAGS = {"i": "italic", "em": "italic", "b": "bold", "strong": "bold", "sup": "sup", "sub": "sub"}
_APART = frozenset("p div li dd dt br tr td th h1 h2 h3 h4 h5 h6 section figure figcaption blockquote ul ol".split())
_TEX = re.compile(r"\s*(?:\\[(\[].*\\[)\]]|\$.+\$)\s*", re.DOTALL)
_MATHS = re.compile(r"\b(?:math|tex|latex|equation|formula)", re.IGNORECASE)
_RAISED = re.compile(r"vertical-align\s*:\s*super")
# Beside an entry, what leads to other places than the text.
_PLACES = re.compile(
    r"[\[(\s|]*(?:pub\s?med(?: abstract| central)?|google(?: scholar)?|cross\s?ref(?: full text)?|pmc(?: free article)?"
    r"|cas|ads|article|full text|view(?: article| in article| in scopus| at publisher| record in scopus)?|scopus"
    r"|web of science|medline|mathscinet|math|isi|download(?: citation| references)?|chemport|free full text"
    r"|green version|doi|abstract|openurl|link|export citation|search adsabs|nasa ads|↑|\^|go to(?: reference)?"
    r"|back to citation|pubmed/ncbi|open in a new tab|crossref full text|pdf)[\])\s|]*",
    re.IGNORECASE,
)


class InlineWriter:
    """Writes characters, styles, links and formulas. `is_entry`: links to other places than the text are left out."""

    def __init__(self, citing: Citing, *, is_entry: bool = False) -> None:
        self.writer = ElementWriter()
        self.addresses: list[str] = []
        self._citing = citing
        self._is_entry = is_entry
        self._is_linked = False

    def add(self, element: Element) -> None:
        """Write an element's content."""
        self.writer.text(element.text)
        for child in element:
            self.child(child)

    def child(self, child: Element) -> None:
        """Write an element within a line, and the text behind it."""
        tag = str(child.tag)
        if tag == "a" or child.get("role") == "doc-biblioref":
            self._link(child)
        elif tag == "math":
            self._math(child)
        elif tag == "script":
            self._tex(child.text or "")
        elif tag == "img":
            self._image(child)
        elif tag == "q":
            self.writer.text("“")
            self.add(child)
            self.writer.text("”")
        elif tag in _TAGS or _RAISED.search(child.get("style") or ""):
            self.writer.open(_TAGS.get(tag, "sup"))
            self.add(child)
            self.writer.close()
        elif tag == "span" and _is_tex(child):
            self._tex("".join(map(str, child.itertext())))
        elif tag in _APART:
            self.writer.text(" ")
            self.add(child)
            self.writer.text(" ")
        else:
            self.add(child)
        self.writer.text(child.tail)

    def _link(self, link: Element) -> None:
        address = link.get("href") or ""
        target = "" if self._is_entry or self._is_linked else self._citing.target(link)
        if target:
            self.writer.cite(target)
            self._is_linked = True
            self.add(link)
            self._is_linked = False
            self.writer.close()
        elif self._is_entry and _PLACES.fullmatch(" ".join("".join(map(str, link.itertext())).split()) or "doi"):
            self.addresses += [address] if address.startswith("http") else []
        elif address.startswith(("http:", "https:")) and not self._is_linked:
            self.writer.open("ext-link", href=address[:2000])
            self.add(link)
            self.writer.close()
        else:
            self.add(link)

    def _math(self, math: Element) -> None:
        made = deepcopy(math)
        made.tail = None
        for inner in list(made.iter("annotation", "annotation-xml", "script", "style")):
            if (parent := inner.getparent()) is not None:
                parent.remove(inner)
        self.writer.put(made)

    def _tex(self, source: str) -> None:
        self.writer.open("tex-math")
        self.writer.text(re.sub(r"^\s*(?:\\[(\[]|\$+)|(?:\\[)\]]|\$+)\s*$", "", source))
        self.writer.close()

    def _image(self, image: Element) -> None:
        alt = (image.get("alt") or "").strip()
        if _TEX.fullmatch(alt) or alt.startswith(("{\\", "\\")):
            self._tex(alt)
        elif alt and _MATHS.search(f"{image.get('class') or ''} {image.get('src') or ''}"):
            self.writer.text(alt)


def _is_tex(span: Element) -> bool:
    is_named = bool(_MATHS.search(span.get("class") or "")) and not len(span)
    return is_named and bool(_TEX.fullmatch(span.text or ""))
