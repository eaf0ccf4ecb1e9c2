"""What is kept of a recording once moments are cut out of it, and where a moment then lies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Span = tuple[int, int]


def tidy(removed: Iterable[Span]) -> tuple[Span, ...]:
    """Give the spans in order, those that touch made one, empty ones left out."""
    found: list[Span] = []
    for start, end in sorted((max(0, start), end) for start, end in removed):
        if end <= start:
            continue
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def kept(length: int, removed: Sequence[Span]) -> tuple[Span, ...]:
    """Give what is left of `length`, where `removed` is tidy; any unit will do."""
    spans: list[Span] = []
    at = 0
    for start, end in removed:
        if start >= length:
            break
        if start > at:
            spans.append((at, start))
        at = end
    if at < length:
        spans.append((at, length))
    return tuple(spans)


def restored(moment: int, removed: Sequence[Span]) -> int:
    """Give where a moment of what is left lay in the recording: `moved` the other way round."""
    for start, end in removed:
        if moment < start:
            break
        moment += end - start
    return moment


def moved(moment: int, removed: Sequence[Span]) -> int:
    """Give where a moment of the recording lies once `removed`, which is tidy, is cut out.

    A moment that was cut out itself lies where what follows it begins.
    """
    return moment - sum(min(end, moment) - start for start, end in removed if start < moment)
