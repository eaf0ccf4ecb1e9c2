"""The library: its shelf, each of its texts."""

from __future__ import annotations

from django.urls import path

from fabrique.web.pages.library import news, read, shelf

PATHS = [
    path("library/", shelf.page_of, name="library"),
    path("library/news.atom", news.atom, name="library-atom"),
    path("library/r/<slug:slug>/", read.text, name="resource"),
]
