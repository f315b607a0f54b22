"""Words as the reasoning compares them."""

import re
import unicodedata

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
