"""Compare words: folding, squeezing, crude stems, and finding which of many strings occur in a text."""

import re
import unicodedata
from collections.abc import Iterable

GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "µ": "mu", "ν": "nu", "ξ": "xi", "ο": "omicron", "π": "pi",
    "ρ": "rho", "σ": "sigma", "ς": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "χ": "chi", "ψ": "psi",
    "ω": "omega",
}  # fmt: skip
_GREEK = str.maketrans(GREEK)


def fold(text: str) -> str:
    """Lower case, Greek letters spelled out, accents dropped: "TGF-β" is "tgf-beta"."""
    if text.isascii():
        return text.lower()
    lowered = text.lower().translate(_GREEK)
    bare = "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))
    # Decomposed, mathematical letters become plain capitals.
    return bare.lower().translate(_GREEK)


def words(text: str) -> list[str]:
    """Folded runs of letters and digits: "PD-L1+ EVs" is ["pd", "l1", "evs"]."""
    return re.findall(r"[^\W_]+", fold(text))


def squeeze(text: str) -> str:
    """Only the folded letters and digits, as gold anchors are compared."""
    return "".join(words(text))


FUNCTION_WORDS = frozenset(
    """what which how why who whom whose when where do does did is are was were be been can could might may should would
    will the a an of to in for and or by on with that has have had it its this these those from at as there than then
    if so s""".split()
)


_WORD = re.compile(r"[^\W_]+")
_EMPTY = frozenset("table which what with from that this their these secti figur about".split())


def stems(text: str) -> set[str]:
    """Crude stems (five letters) of the words that carry meaning; short ones count in capitals or with digits."""
    return {word[:5] for word in meaningful(text)}


def meaningful(text: str) -> list[str]:
    """The folded words that carry meaning, each once, in order."""
    found = dict.fromkeys(fold(word) for word in _WORD.findall(text) if _carries_meaning(word))
    return [word for word in found if word[:5] not in _EMPTY]


def _carries_meaning(word: str) -> bool:
    return len(word) > 3 or (len(word) > 1 and word.isupper()) or any(c.isdigit() for c in word)


class Contained:
    """Finds which of many strings occur in a text. A string is known by its place; empty ones never occur."""

    def __init__(self, forms: Iterable[str]) -> None:
        self._places: dict[str, list[int]] = {}
        for place, form in enumerate(forms):
            if form:
                self._places.setdefault(form, []).append(place)
        self._lengths = sorted({len(form) for form in self._places})

    def places(self, text: str) -> list[int]:
        """Places of the strings that occur in the text, ascending."""
        return sorted(place for form in self._found(text) for place in self._places[form])

    def _found(self, text: str) -> set[str]:
        lengths = [length for length in self._lengths if length <= len(text)]
        # If there are many strings, it is faster to look up every piece of the text.
        if sum(len(text) - length + 1 for length in lengths) < len(self._places):
            pieces = {text[at : at + length] for length in lengths for at in range(len(text) - length + 1)}
            return pieces & self._places.keys()
        return {form for form in self._places if form in text}
