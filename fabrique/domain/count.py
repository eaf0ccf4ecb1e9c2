"""Counting for people: percentages, means and medians, exact until the last figure is printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

LARGEST_REMAINDER = "largest-remainder"
ROUNDED = "rounded"
OF_RESPONDENTS = "of-respondents"


def half_up(value: Fraction, places: int = 0) -> str:
    """Round half up (0.5 → 1) to `places` decimals, as text; `value` is not negative."""
    scaled = value * 10**places
    figures = str((2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator))
    figures = figures.rjust(places + 1, "0")
    return f"{figures[:-places]}.{figures[-places:]}" if places else figures


def percent(part: int, whole: int) -> int:
    """Give a whole-number percentage, half up; 0 of nothing is 0."""
    return int(half_up(Fraction(100 * part, whole))) if whole else 0


def shares(counts: Sequence[int]) -> tuple[list[int], str]:
    """Give percentages that add to 100 by largest remainder, and the rule that was used.

    Ties go to the larger count, then to option order. Where that would print different figures
    for equal counts, every figure is rounded half up instead (live-activities 3.1).
    """
    total = sum(counts)
    if not total:
        return [0] * len(counts), LARGEST_REMAINDER
    figures = [100 * count // total for count in counts]
    left = 100 - sum(figures)
    by_remainder = sorted(
        range(len(counts)), key=lambda i: (-(100 * counts[i] % total), -counts[i], i)
    )
    for i in by_remainder[:left]:
        figures[i] += 1
    if len(set(zip(counts, figures, strict=True))) > len(set(counts)):
        return [percent(count, total) for count in counts], ROUNDED
    return figures, LARGEST_REMAINDER


def mean(weights: Sequence[int], places: int = 1) -> str | None:
    """Give the mean grade of `weights[i]` people at grade i + 1, half up; None of nobody."""
    total = sum(weights)
    if not total:
        return None
    return half_up(Fraction(sum(g * n for g, n in enumerate(weights, 1)), total), places)


def median(weights: Sequence[int]) -> int | float | None:
    """Give the middle grade; of an even count, the mean of the two middle ones."""
    total = sum(weights)
    if not total:
        return None
    low, high = _grade_at(weights, (total + 1) // 2), _grade_at(weights, total // 2 + 1)
    return number(Fraction(low + high, 2))


def _grade_at(weights: Sequence[int], rank: int) -> int:
    seen = 0
    for grade, people in enumerate(weights, 1):
        seen += people
        if seen >= rank:
            return grade
    raise ValueError(rank)


def number(value: Fraction) -> int | float:
    """Give a JSON number: whole without `.0`."""
    return value.numerator if value.denominator == 1 else float(value)


def groups(keys: Iterable[tuple[object, object]]) -> list[list[object]]:
    """Gather (key, member) pairs: members of equal keys together, in order of appearance."""
    found: dict[object, list[object]] = {}
    for key, member in keys:
        found.setdefault(key, []).append(member)
    return list(found.values())
