"""Minutes: the desk where they are written, the library where they are read."""

from __future__ import annotations

from django.urls import path

from fabrique.web.pages.minutes import (
    announce,
    article,
    begin,
    consent,
    desk,
    editions,
    feeds,
    heard,
    publish,
    requests,
    sending,
    sources,
    words,
)
from fabrique.web.pages.requests import ask

PATHS = [
    path("minutes/of/<code>/", begin.of_session, name="minutes-begin"),
    path("minutes/<uuid:pk>/", desk.text, name="minutes"),
    path("minutes/<uuid:pk>/words/", words.words, name="minutes-words"),
    path("minutes/<uuid:pk>/sources/", sources.sources, name="minutes-sources"),
    path("minutes/<uuid:pk>/publish/", publish.publish, name="minutes-publish"),
    path("minutes/<uuid:pk>/announce/", announce.announce, name="minutes-announce"),
    path("minutes/<uuid:pk>/requests/", requests.asked, name="minutes-requests"),
    path("minutes/<uuid:pk>/recording.json", heard.progress, name="minutes-recording"),
    path("minutes/<uuid:pk>/asking.json", heard.asking, name="minutes-asking"),
    path("library/podcast.xml", feeds.public, name="library-podcast"),
    path("library/podcast.png", feeds.cover, name="podcast-cover"),
    path("feeds/<secret>/podcast.xml", feeds.own, name="podcast-own"),
    path("minutes/<uuid:pk>/consent/", consent.consent, name="minutes-consent"),
    path("minutes/<uuid:pk>/consent.csv", consent.as_csv, name="minutes-consent-csv"),
    path("minutes/<uuid:pk>/links/", sending.made, name="minutes-links"),
    path("send/<token>/", sending.send, name="send"),
    path("send/<token>/recording.json", sending.progress, name="send-recording"),
    path("library/<slug:slug>/", article.article, name="article"),
    path("library/<slug:slug>/ask/", ask.of_article, name="article-ask"),
    path("minutes/ask/<token>/", ask.by_link, name="article-ask-link"),
    path("library/<slug:slug>/editions/", editions.editions, name="article-editions"),
    path("library/<slug:slug>/editions/<int:number>/", editions.changes, name="article-changes"),
    path("library/<slug:slug>.<suffix>", article.file, name="article-file"),
]
