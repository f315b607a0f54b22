"""Reference numbers in words, the one way in which reports and findings list them."""

from collections.abc import Iterable


def number_list(numbers: Iterable[int]) -> str:
    """Such as "3, 5–7 and 9": ascending, each number once, numbers in a row as a range; "" without any."""
    spans: list[list[int]] = []
    for number in sorted(set(numbers)):
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    words = [str(first) if first == last else f"{first}–{last}" for first, last in spans]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
