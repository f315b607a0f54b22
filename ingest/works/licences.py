"""Whether a licence allows to keep a copy of the text: any Creative Commons licence, or the public domain."""

import re

_FREE = re.compile(
    r"creativecommons\.org/(?:licenses|publicdomain)/|\bcc[\s_-]*(?:by|0|zero)\b|\bcreative commons\b"
    r"|\bpublic[\s_-]?domain\b",
    re.IGNORECASE,
)


def is_free(license: str | None) -> bool:
    """Whether a licence, in the words of any source, allows to keep the text with it."""
    return bool(license and _FREE.search(license))
