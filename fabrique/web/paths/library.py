"""The library: its shelf, each of its texts."""

from __future__ import annotations

from django.urls import path

from fabrique.web.pages.library import news, opinions, read, shelf, team, write
from fabrique.web.pages.requests import ask

PATHS = [
    path("library/", shelf.page_of, name="library"),
    path("library/news.atom", news.atom, name="library-atom"),
    path("library/mine/", write.mine, name="resource-mine"),
    path("library/new/", write.new, name="resource-new"),
    path("library/r/<slug:slug>/", read.text, name="resource"),
    path("library/r/<slug:slug>/ask/", ask.of_resource, name="resource-ask"),
    path("resources/ask/<token>/", ask.by_link, {"resource": True}, name="resource-ask-link"),
    path("library/r/<slug:slug>/edit/", write.edit, name="resource-edit"),
    path("library/r/<slug:slug>/say", opinions.say, name="resource-say"),
    path("library/comments/<uuid:pk>", opinions.about, name="comment"),
    path("team/resources/", team.queue, name="team-resources"),
]
