"""How the cells of a workbook look: our ink on paper, one accent for headers."""

from __future__ import annotations

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from fabrique.charts.paper import BAR, CARD, INK, LINE, SOFT
from fabrique.domain.language import Language

LAID: dict[str, Any] = {"font_color": INK, "valign": "top"}
RULED: dict[str, Any] = LAID | {"bottom": 1, "bottom_color": LINE}
STYLES: dict[str, dict[str, Any]] = {
    "title": LAID | {"bold": True, "font_size": 18},
    "plain": LAID,
    "soft": LAID | {"font_color": SOFT},
    "label": RULED | {"bold": True},
    "left": RULED | {"align": "left"},
    "note": RULED | {"text_wrap": True, "bg_color": CARD},
    "head": {
        "bold": True,
        "font_color": "#ffffff",
        "bg_color": BAR,
        "text_wrap": True,
        "valign": "vcenter",
    },
    "cell": RULED | {"text_wrap": True},
    "figure": RULED | {"num_format": "General", "align": "right", "indent": 1},
    "share": RULED | {"num_format": "0%", "align": "right", "indent": 1},
}
MOMENTS = {"fr": "dd/mm/yyyy hh:mm:ss", "en": "yyyy-mm-dd hh:mm:ss"}


def styles(book: Workbook, language: Language) -> dict[str, Format]:
    """Give each style by its name."""
    moment = RULED | {"num_format": MOMENTS[language.code], "align": "left"}
    named = STYLES | {"moment": moment}
    return {name: book.add_format(properties) for name, properties in named.items()}
