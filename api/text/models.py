"""What is said of a corpus whose embedding model isn't the one that is set, or that nothing was fitted for."""

from evqa.settings import DEFAULT_MODEL, Settings


def asked_with(corpus: str, model: str, settings: Settings) -> str:
    """What is said where a corpus is asked with another model than EVQA_MODEL names; "" if nothing."""
    if settings.model in (DEFAULT_MODEL, model):
        return ""
    return (
        f"corpus {corpus!r} was made with model {model!r} and is asked with it; ingest again to use {settings.model!r}"
    )


def embedded_anew(corpus: str, model: str, settings: Settings) -> str:
    """What is said before a corpus that was made with `model` ("" = there is none) gets documents; "" if nothing."""
    if model in ("", settings.model):
        return ""
    return (
        f"corpus {corpus!r} was made with model {model!r}; all its passages are embedded anew with {settings.model!r}"
    )
