"""Blocks of Markdown in one another: lists, quotes, the whole."""

from __future__ import annotations

import re

from msgspec import Struct

_LIST = re.compile(r"(?:-|1\.) ")  # how a list begins, and nothing else


class Box(Struct):
    """A list, an item, a quote, or the whole: what is in it, written."""

    tag: str
    blocks: list[str]


def boxed(box: Box) -> str:
    """Write a list or a quote."""
    if box.tag == "blockquote":
        return _prefixed(joined(box.blocks), "> ", "> ")
    items = [one for one in box.blocks if one]
    loose = "\n\n" if any("\n\n" in one for one in items) else "\n"
    marks = (f"{n}. " if box.tag == "ol" else "- " for n in range(1, len(items) + 1))
    return loose.join(
        _prefixed(one, mark, " " * len(mark)) for one, mark in zip(items, marks, strict=True)
    )


def _prefixed(text: str, first: str, then: str) -> str:
    lines = text.split("\n")
    return "\n".join(f"{then if n else first}{line}".rstrip() for n, line in enumerate(lines))


def joined(blocks: list[str]) -> str:
    """Write blocks one after the other."""
    return "\n\n".join(one for one in blocks if one)


def tight(blocks: list[str]) -> str:
    """Have a list follow the words of its item at once."""
    words = ""
    for one in filter(None, blocks):
        gap = "" if not words else "\n" if _LIST.match(one) else "\n\n"
        words += gap + one
    return words


def fenced(text: str) -> str:
    """Write what stands as it is, whatever signs are in it."""
    fence = "`" * max(3, 1 + max((len(one) for one in re.findall("`+", text)), default=0))
    return f"{fence}\n{text}\n{fence}"
