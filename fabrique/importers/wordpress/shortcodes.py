"""Shortcodes of WordPress: galleries, captions, players; those of others go, what they hold stays.

What stands in brackets without being a code (“[sic]”, “[…]”) is words, and stays.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

_CODE = re.compile(
    r"(?P<escaped>\[(?P<whole>\[[a-zA-Z][\w-]*[^\[\]]{0,2000}\])\])"
    r"|\[(?P<end>/?)(?P<name>[a-zA-Z][\w-]{0,60})(?P<said>(?:[\s/][^\[\]]{0,2000})?)\]"
)
_SAID = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|&quot;(.*?)&quot;|([^\s\"'\]]+))")
PLAYED = {"audio", "video", "playlist"}
SOURCES = ("src", "mp3", "m4a", "ogg", "wav", "mp4", "m4v", "webm", "flv", "wmv")
CAPTIONS = {"caption", "wp_caption"}
KNOWN = {"gallery", "embed", *PLAYED, *CAPTIONS}


class Shortcodes:
    """Replaces them by plain HTML; `left` names those of which nothing is shown."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self.left: dict[str, None] = {}
        self._files = files
        self._ended: set[str] = set()

    def replaced(self, content: str) -> str:
        """Give the content without them."""
        self._ended = {one["name"] for one in _CODE.finditer(content) if one["end"]}
        return _CODE.sub(self._one, content)

    def _one(self, found: re.Match[str]) -> str:
        if found["escaped"]:
            return found["whole"]
        name, said = found["name"], dict(self._said(found["said"]))
        if not (name in KNOWN or said or name in self._ended):
            return found[0]
        if name in CAPTIONS:
            return "</figure>" if found["end"] else f"<figure>{_words(said.get('caption', ''))}"
        if name == "embed":
            return "\n\n"
        if found["end"]:
            return ""
        return self._shown(name, said)

    def _shown(self, name: str, said: Mapping[str, str]) -> str:
        if name in ("gallery", "playlist"):
            numbers = re.findall(r"\d+", f"{said.get('ids', '')} {said.get('include', '')}")
            found = [self._files[one] for one in numbers if self._files.get(one)]
            if not found:
                self.left[name] = None
            return "".join(f'<p><img src="{escape(one)}"></p>' for one in found)
        if name in PLAYED:
            source = next((said[one] for one in SOURCES if said.get(one)), "")
            if source:
                return f'<p><{name} src="{escape(source)}"></{name}></p>'
        if name not in self._ended:  # one that ends holds words, which stay
            self.left[name] = None
        return ""

    def _said(self, words: str) -> list[tuple[str, str]]:
        return [
            (one[1].lower(), next((part for part in one.groups()[1:] if part), ""))
            for one in _SAID.finditer(words)
        ]


def _words(caption: str) -> str:
    return f"<figcaption>{caption}</figcaption>" if caption else ""
