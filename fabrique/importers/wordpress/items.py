"""The XML of an export, streamed: what each item says, as the file says it.

A file that declares entities or a document type is refused before anything of it grows: an export
has neither. Nothing outside the file is ever looked at.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from xml.parsers import expat  # entities are refused below, before any of them is read

from fabrique.domain.text import Invalid, Text
from fabrique.importers.wordpress.item import FIELDS, HEADS, PEOPLE, Author, Item, named

MOST = 200_000  # items
MOST_SIGNS = 256 * 1024 * 1024  # characters kept of them all
DEEPEST = 40
WIDE = (b"\xff\xfe", b"\xfe\xff")
# WordPress copies into its export what people pasted, and XML knows no control characters.
STRUCK = bytes(one for one in range(32) if one not in b"\t\n\r")

NO_EXPORT = Text(
    "This is not an export of WordPress: in its administration, choose “Tools”, “Export”, then"
    " “All content”, and take the XML file that it gives."
)
ENTITIES = Text(
    "This file declares entities or a document type, which no export of WordPress does."
)
TOO_MUCH = Text("This export holds more than can be read at once: export fewer years at a time.")
BROKEN = Text("This file cannot be read beyond its line {line}: export it again.")


class Items:
    """What an export says, once `read`."""

    def __init__(self) -> None:
        self.title = self.address = self.version = self.language = ""
        self.found: list[Item] = []
        self.files: dict[str, str] = {}  # addresses of media, by number
        self.others = self.broken = self.struck = 0
        self._heads: dict[str, str] = {}
        self._authors: dict[str, Author] = {}
        self._author: dict[str, str] = {}
        self._item: Item | None = None
        self._meta = ["", ""]
        self._path: list[str] = []
        self._attributes: dict[str, str] = {}
        self._heard: list[str] | None = None
        self._signs = 0
        self._parser = _parser(self)

    def author(self, login: str) -> Author:
        """Give whoever has this login."""
        return self._authors.get(login, Author(login))

    def read(self, chunks: Iterable[bytes]) -> None:
        """Read it all; raise `Invalid` where it is no export, or none of it can be read."""
        try:
            self._feed(chunks)
        except expat.ExpatError as error:
            self.broken = error.lineno
        if not self._is_export():
            raise Invalid(NO_EXPORT, f"{self.broken}" if self.broken else "")
        if self.broken and not self.found:
            raise Invalid(Text(BROKEN.msgid, {"line": self.broken}), f"{self.broken}")
        self.title = self._heads.get("title", "")
        self.address = (self._heads.get("blog") or self._heads.get("link", "")).strip()
        self.version = self._heads.get("version", "").strip()
        self.language = self._heads.get("language", "").strip().lower()[:2]

    def _feed(self, chunks: Iterable[bytes]) -> None:
        head, line = b"", 1
        for chunk in chunks:
            head = (head + chunk)[:2]
            fit = chunk if head in WIDE else chunk.translate(None, STRUCK)
            if len(fit) < len(chunk) and not self.struck:
                at = next(n for n, byte in enumerate(chunk) if byte in STRUCK)
                self.struck = line + chunk.count(b"\n", 0, at)
            line += chunk.count(b"\n")
            self._parser.Parse(fit, False)  # noqa: FBT003 - as expat has it
        self._parser.Parse(b"", True)  # noqa: FBT003

    def _is_export(self) -> bool:
        return "version" in self._heads or bool(self.found)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Hear an element begin."""
        space, _, local = name.rpartition(" ")
        self._path.append(named(space, local))
        if len(self._path) > DEEPEST:
            raise Invalid(NO_EXPORT)
        if self._path == ["rss", "channel", "item"]:
            self._item = Item(self._parser.CurrentLineNumber)
        elif self._path[-1] == "wp:author" and self._item is None:
            self._author = {}
        self._attributes = attributes
        self._heard = [] if self._is_wanted() else None

    def _is_wanted(self) -> bool:
        last, depth = self._path[-1], len(self._path)
        if self._path[:2] != ["rss", "channel"] or depth == 2:  # noqa: PLR2004
            return False
        if self._item is None:
            return depth == 3 or self._path[2] == "wp:author"  # noqa: PLR2004 - of the channel
        return depth == 4 or last in ("wp:meta_key", "wp:meta_value")  # noqa: PLR2004 - of the item

    def text(self, said: str) -> None:
        """Hear words."""
        if self._heard is not None:
            self._heard.append(said)
            self._signs += len(said)
            if self._signs > MOST_SIGNS:
                raise Invalid(TOO_MUCH)

    def end(self, _name: str) -> None:
        """Hear an element end."""
        name, said = self._path[-1], "".join(self._heard or ())
        self._heard = None
        if self._item is None:
            self._end_head(name, said)
        elif name == "item" and len(self._path) == 3:  # noqa: PLR2004
            self._end_item(self._item)
            self._item = None
        else:
            self._end_field(self._item, name, said)
        self._path.pop()

    def _end_head(self, name: str, said: str) -> None:
        local = name.rpartition(":")[2]
        if name == "wp:author" and "login" in self._author:
            one = Author(**{key: value.strip()[:300] for key, value in self._author.items()})
            self._authors[one.login] = one
        elif name.startswith("wp:") and local in PEOPLE:
            self._author[PEOPLE[local]] = said
        elif len(self._path) == 3 and local in HEADS:  # noqa: PLR2004
            self._heads.setdefault(HEADS[local], said)

    def _end_field(self, item: Item, name: str, said: str) -> None:
        local = name.rpartition(":")[2]
        if name == "category" and len(self._path) == 4:  # noqa: PLR2004
            # The first versions wrote each twice: once without a domain.
            if self._attributes.get("domain") in ("category", "post_tag", "tag"):
                item.words.append(said)
        elif name == "wp:meta_key":
            self._meta[0] = said
        elif name == "wp:meta_value" and self._meta[0] == "_wp_old_slug":
            item.slugs.append(said.strip())
        elif len(self._path) == 4 and local in FIELDS and not getattr(item, FIELDS[local]):  # noqa: PLR2004
            setattr(item, FIELDS[local], said if local in ("encoded", "excerpt") else said.strip())

    def _end_item(self, item: Item) -> None:
        item.kind = item.kind or "post"
        if len(self.found) + len(self.files) + self.others >= MOST:
            raise Invalid(TOO_MUCH)
        if item.kind == "attachment":
            self.files[item.number] = item.file or item.guid
        elif item.kind in ("post", "page"):
            self.found.append(item)
        else:
            self.others += 1


def _parser(items: Items) -> Any:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = items.start
    parser.EndElementHandler = items.end
    parser.CharacterDataHandler = items.text
    for one in ("StartDoctypeDecl", "EntityDecl", "UnparsedEntityDecl", "ExternalEntityRef"):
        setattr(parser, f"{one}Handler", _refuse)
    return parser


def _refuse(*_said: object) -> None:
    raise Invalid(ENTITIES)
