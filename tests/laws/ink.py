"""Hostile words, each with a mark to find it by wherever it went."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

ZALGO = "z" + "\u0335\u0321\u0353\u0317\u0310\u0342" * 4 + "a" + "\u0321\u0348\u035b" * 5 + "lgo"
HOSTILE = (
    "<script>alert(1)</script>\"'><img src=x onerror=alert(1)><svg onload=alert(1)>",
    '=HYPERLINK("http://x.example";"ici") {{7*7}} {% include "x" %} ${alert(1)}',
    "\u202eretourné \u2066isolé \u200b\u200d\ufeff\u2067sans fin",
    f"{ZALGO} {ZALGO} {ZALGO}",
    "👨‍👩‍👧‍👦🎭🇫🇷🏳️‍🌈" * 30,
    "שלום לכולם مرحبا بالجميع 日本の劇場",
    "Anticonstitutionnellement" * 12,
    '#eval("1+1") $x^2$ *gras* _sou_ @ref <label> \\ ```raw``` ]]> &lt; &#60; <!-- c -->',
    "# titre | cellule | [lien](javascript:alert(1)) ![i](x) **g** <https://x.example> ~~b~~",
    "@SUM(1+1) </script></style></title></textarea></template> javascript:alert(1)//",
    "+1+1|cmd' onmouseover='alert(1)' ../../../etc/passwd\\..\\ %2e%2e%2f",
    "\t=1+1\n\n# autre\n- liste\n\n    code\n\ttab",
)
# What no field may take: control characters, NUL first, and half a character.
REFUSED = ("a\x00b", "a\x1b[31mb", "a\x9fb", "a\ud800b", "a\rb")
MARK = re.compile(r"qz\d{5}[xy]")
SHORT = 40  # characters left of a text where a field takes few


class Ink:
    """Gives words, each with a mark of its own to find it by; `turn` is where it starts."""

    def __init__(self, texts: tuple[str, ...], turn: int = 0) -> None:
        self.texts, self.turn, self.given = texts, turn, 0
        self.words: dict[str, str] = {}

    def __call__(self) -> Iterator[str]:
        """Give a text, then what is left of it in a short field."""
        text = self.texts[(self.given + self.turn) % len(self.texts)]
        self.given += 1
        for end, most in (("x", None), ("y", SHORT)):
            mark = f"qz{self.given:05}{end}"
            self.words[mark] = f"{text[:most]} {mark}"
            yield self.words[mark]

    def used(self, data: Any) -> dict[str, str]:
        """Give what was taken of it, by mark."""
        marks = set(MARK.findall(json.dumps(data)))
        return {mark: text for mark, text in self.words.items() if mark in marks}
