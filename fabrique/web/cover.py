"""The picture of the podcast: our own mark, as large as players want it."""

from __future__ import annotations

import io
from functools import cache

from PIL import Image, ImageDraw

SIDE = 1400  # pixels: the least that directories of podcasts take
PAPER, CURTAIN, SPOT = "#fbf6ec", "#a3123a", "#ffc845"
SOFT = 2  # drawn larger, then made smaller: edges are smooth


@cache
def drawn() -> bytes:
    """Draw it, once."""
    side = SIDE * SOFT
    picture = Image.new("RGB", (side, side), PAPER)
    pen = ImageDraw.Draw(picture)
    foot = side * 7 // 10
    for half, ink in ((side * 3 // 10, CURTAIN), (side * 18 // 100, SPOT)):
        left, right = side // 2 - half, side // 2 + half
        pen.pieslice((left, foot - half, right, foot + half), 180, 360, fill=ink)
    pen.rectangle((side // 5, foot, side * 4 // 5, foot + side * 6 // 100), fill=CURTAIN)
    out = io.BytesIO()
    picture.resize((SIDE, SIDE), Image.Resampling.LANCZOS).save(out, "PNG", optimize=True)
    return out.getvalue()
