"""Which of many forms stand in a text."""

from collections.abc import Iterable


class Contained:
    """Forms, each known by its place among those given; empty ones stand nowhere."""

    def __init__(self, forms: Iterable[str]) -> None:
        self._places: dict[str, list[int]] = {}
        for place, form in enumerate(forms):
            if form:
                self._places.setdefault(form, []).append(place)
        self._lengths = sorted({len(form) for form in self._places})

    def places(self, text: str) -> list[int]:
        """Places of the forms that stand in the text, ascending."""
        return sorted(place for form in self._found(text) for place in self._places[form])

    def _found(self, text: str) -> set[str]:
        lengths = [length for length in self._lengths if length <= len(text)]
        # Many forms are looked up by the pieces of the text, a few are looked for one by one.
        if sum(len(text) - length + 1 for length in lengths) < len(self._places):
            pieces = {text[at : at + length] for length in lengths for at in range(len(text) - length + 1)}
            return pieces & self._places.keys()
        return {form for form in self._places if form in text}
