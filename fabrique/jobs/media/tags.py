"""The head of an MP3: its title and its chapters (ID3v2.3, and its addendum on chapters)."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

Chapter = tuple[int, str]

UNKNOWN = b"\xff" * 4  # offsets in bytes, which players find by time
ORDERED_TOP = b"\x03"
MOST = 255  # chapters that one list can name
BEGINS, HEADER = b"ID3", 10


def head(title: str, chapters: Sequence[Chapter], duration: int) -> bytes:
    """Give the bytes to write before the sound; chapters are (ms, title), `duration` in ms."""
    frames = _text(b"TIT2", title) if title else b""
    frames += _chapters(_within(chapters, duration), duration)
    if not frames:
        return b""
    return b"ID3\x03\x00\x00" + _safe(len(frames)) + frames


def rewrite(path: Path, fresh: bytes) -> None:
    """Put `fresh` in place of the head of a sound that was made; its frames stay as they are."""
    other = path.with_suffix(".tags")
    try:
        with path.open("rb") as before, other.open("wb") as after:
            before.seek(_length(before.read(HEADER)))
            after.write(fresh)
            shutil.copyfileobj(before, after, 1 << 20)
        other.replace(path)
    finally:
        other.unlink(missing_ok=True)


def _length(header: bytes) -> int:
    """Give how long the head of a file is; 0 where it has none."""
    if not header.startswith(BEGINS) or len(header) < HEADER:
        return 0
    return HEADER + sum(
        byte << shift for byte, shift in zip(header[6:], (21, 14, 7, 0), strict=True)
    )


def _within(chapters: Sequence[Chapter], duration: int) -> list[Chapter]:
    """Give the chapters in order, of two at one moment the last, none after the end."""
    found = {at: title for at, title in sorted(chapters, key=lambda one: one[0]) if at < duration}
    return list(found.items())[:MOST]


def _chapters(chapters: Sequence[Chapter], duration: int) -> bytes:
    if not chapters:
        return b""
    ends = [at for at, _ in chapters[1:]] + [duration]
    names = [f"c{n}".encode() for n in range(1, len(chapters) + 1)]
    listed = b"toc\0" + ORDERED_TOP + bytes([len(names)]) + b"".join(n + b"\0" for n in names)
    made = [_frame(b"CTOC", listed)]
    for name, (start, title), end in zip(names, chapters, ends, strict=True):
        times = start.to_bytes(4, "big") + end.to_bytes(4, "big")
        made.append(_frame(b"CHAP", name + b"\0" + times + UNKNOWN * 2 + _text(b"TIT2", title)))
    return b"".join(made)


def _text(name: bytes, text: str) -> bytes:
    return _frame(name, b"\x01" + b"\xff\xfe" + text.encode("utf-16-le"))


def _frame(name: bytes, body: bytes) -> bytes:
    return name + len(body).to_bytes(4, "big") + b"\0\0" + body


def _safe(size: int) -> bytes:
    """Give a size in seven bits a byte, so that no reader takes it for sound."""
    return bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))
