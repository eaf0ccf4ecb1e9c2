"""Read HTML as a browser would, for what tests ask of it."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = {"br", "hr", "img", "input", "link", "meta"}
DRAWN = {"path", "rect"}


class Page(HTMLParser):
    """Elements in order, each (name, attributes); the text between them; the roots."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.roots: list[dict[str, str | None]] = []
        self._depth = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if not self._depth:
            self.roots.append(dict(attrs))
        if tag not in VOID:
            self._depth += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._depth -= 1

    def handle_endtag(self, tag: str) -> None:
        self._depth -= 1

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        """All that is said: text, and the attributes that are read aloud."""
        said = ("alt", "aria-label", "placeholder", "data-say", "data-again", "data-saved")
        spoken = [attrs.get(name) or "" for _, attrs in self.elements for name in said]
        return " ".join(" ".join([*self.words, *spoken]).split())

    @property
    def counted(self) -> int:
        """Nodes as EcoIndex counts them: what is inside a drawing is not."""
        return sum(tag not in DRAWN for tag, _ in self.elements)

    def threats(self) -> list[str]:
        """Give what a strict policy forbids: code or style in the page itself."""
        found = [tag for tag, _ in self.elements if tag in ("style", "iframe", "object", "base")]
        for tag, attrs in self.elements:
            if tag == "script" and not attrs.get("src"):
                found.append(tag)
            found += [name for name in attrs if name == "style" or name.startswith("on")]
            found += [
                v for v in attrs.values() if v and v.strip().lower().startswith("javascript:")
            ]
        return found
