"""EcoIndex: how much of a page there is to build, to ask for and to carry, from 0 to 100.

The method is that of the collective GreenIT.fr; the formula and this program are our own, and so is
nothing else: the tables below are the published twentieths of the pages that the method was set on
(elements, requests, kilobytes). tests/bench/test_ecoindex.py holds them to measured points.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

ELEMENTS = (
    *(0, 47, 75, 159, 233, 298, 358, 417, 476, 537, 603, 674, 753, 843, 949, 1076, 1237, 1459),
    *(1801, 2479, 594601),
)
REQUESTS = (
    *(0, 2, 15, 25, 34, 42, 49, 56, 63, 70, 78, 86, 95, 105, 117, 130, 147, 170, 205, 281, 3920),
)
KILOBYTES = (
    *(0, 1.37, 144.7, 319.53, 479.46, 631.97, 783.38, 937.91, 1098.62, 1265.47, 1448.32, 1648.27),
    *(1876.08, 2142.06, 2465.37, 2866.31, 3401.59, 4155.73, 5400.08, 8037.54, 223212.26),
)


def ecoindex(elements: float, requests: float, kilobytes: float) -> float:
    """Give the index; what is inside `<svg>` is not counted among the elements."""
    weighed = 3 * place(ELEMENTS, elements) + 2 * place(REQUESTS, requests)
    return 100 - 5 * (weighed + place(KILOBYTES, kilobytes)) / 6


def place(table: Sequence[float], value: float) -> float:
    """Give where a value stands among the twentieths, from 0 to 20."""
    at = bisect_right(table, value) - 1
    if at >= len(table) - 1:
        return len(table) - 1
    return at + (value - table[at]) / (table[at + 1] - table[at])
