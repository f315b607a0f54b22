"""Write superscript numbers as Unicode superscripts, so that markers and powers stay visible in plain text."""

import re

DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_RAISE = str.maketrans("0123456789-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁻")
_LOWER = str.maketrans(DIGITS + "⁻", "0123456789-")
_NUMBERS = re.compile(r"\d+(?:(?:\s*[,;–—‐‑−-]+\s*|\s+)\d+)*,?")
_BRACKETED = re.compile(r"(\()?(\d[\d\s,;–—‐‑−-]{0,80})\)")
_NEEDLESS = re.compile(rf"(?<![{DIGITS}])\s+|\s+(?![{DIGITS}])")
_POWER = re.compile(r"[-−–]\d+")
_SIGN = re.compile(r"\d*[+−–-]+|[†‡§¶*#,\s]+")


def raised(content: str) -> str:
    """Write a superscript: numbers as superscript digits, signs and letters as plain text."""
    content = content.strip()
    if _POWER.fullmatch(content):
        return content.translate(_RAISE)
    if bracketed := _BRACKETED.fullmatch(content):
        return f"{'⁽' if bracketed[1] else ''}{raised(bracketed[2])}⁾"
    if _NUMBERS.fullmatch(content):
        digits = re.sub(r"\d+", lambda m: m[0].translate(_RAISE), content)
        return _NEEDLESS.sub("", " ".join(digits.split()))
    return content


def is_attached(content: str) -> bool:
    """Tell whether a superscript belongs to the word before it even if a space separates them."""
    return bool(
        _NUMBERS.fullmatch(content.strip().strip("()")) or _SIGN.fullmatch(content.strip()) or _POWER.fullmatch(content)
    )


def lowered(text: str) -> str:
    """Return the text with superscript digits as plain digits."""
    return text.translate(_LOWER)
