"""A cost beside the budget that it has."""

from evqa.model import Record


class Budget(Record):
    """A cost beside what it may be, both in `unit`."""

    name: str
    value: float
    limit: float
    unit: str

    @property
    def is_kept(self) -> bool:
        """Whether the cost lies within its limit."""
        return self.value <= self.limit


def verdict(is_met: bool) -> str:
    """A word for the last column."""
    return "met" if is_met else "MISSED"
