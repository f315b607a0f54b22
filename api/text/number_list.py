"""Long lists of reference numbers, shortened."""

from collections.abc import Iterable


def number_list(numbers: Iterable[int]) -> str:
    """Such as 1–3, 7: ascending, each number once, runs of three and more as a range."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(_run(run) for run in runs)


def _run(run: list[int]) -> str:
    return f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(str(number) for number in run)
