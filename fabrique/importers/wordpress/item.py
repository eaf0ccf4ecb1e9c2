"""What an item of an export says, and the element that says it."""

from __future__ import annotations

import msgspec
from msgspec import Struct

WORDPRESS = "http://wordpress.org/export/"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
CREATOR = "http://purl.org/dc/elements/1.1/"


class Author(Struct, frozen=True):
    """Somebody who wrote there."""

    login: str
    name: str = ""
    email: str = ""


class Item(Struct):
    """One item of the export: a text, a file, or something else."""

    line: int
    title: str = ""
    link: str = ""
    guid: str = ""
    creator: str = ""
    content: str = ""
    excerpt: str = ""
    published: str = ""  # as RSS writes a date
    local: str = ""
    gmt: str = ""
    number: str = ""
    slug: str = ""
    status: str = ""
    kind: str = ""
    password: str = ""
    file: str = ""
    words: list[str] = msgspec.field(default_factory=list)
    slugs: list[str] = msgspec.field(default_factory=list)  # that it had before


# What is read of an item, by the element that says it.
FIELDS = {
    "title": "title",
    "link": "link",
    "guid": "guid",
    "creator": "creator",
    "encoded": "content",
    "excerpt": "excerpt",
    "pubDate": "published",
    "post_date": "local",
    "post_date_gmt": "gmt",
    "post_id": "number",
    "post_name": "slug",
    "status": "status",
    "post_type": "kind",
    "post_password": "password",
    "attachment_url": "file",
}
HEADS = {
    "title": "title",
    "base_blog_url": "blog",
    "link": "link",
    "wxr_version": "version",
    "language": "language",
}
PEOPLE = {
    "author_login": "login",
    "author_display_name": "name",
    "author_email": "email",
}


def named(space: str, local: str) -> str:
    """Name an element: WordPress's own with `wp:`, what is not looked at with `-:`."""
    if space.startswith(WORDPRESS):
        return "excerpt" if space.rstrip("/").endswith("excerpt") else f"wp:{local}"
    if space in ("", CONTENT, CREATOR):
        return local
    return f"-:{local}"
