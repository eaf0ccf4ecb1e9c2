"""A drawing as a picture file, for what cannot hold one: its title and its count are inside."""

from __future__ import annotations

from functools import cache

import typst

from fabrique.charts.glyphs import in_picture

PAGE = b"""#set page(width: auto, height: auto, margin: 0pt, fill: none)
#set text(font: ("Libertinus Serif", "DejaVu Sans Mono"))
#image(bytes(sys.inputs.svg), format: "svg", alt: "")"""
TWICE = 192  # dots per inch, where a pixel of a drawing is 1/96 of an inch


def chart_png(svg: str) -> bytes:
    """Give a PNG, two dots for each pixel of `svg`."""
    compiler = typst.Compiler(PAGE, font_paths=_fonts(), sys_inputs={"svg": in_picture(svg)})
    picture = compiler.compile(format="png", ppi=TWICE)
    if not isinstance(picture, bytes):
        raise TypeError(type(picture))
    return picture


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)
