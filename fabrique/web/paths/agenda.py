"""What is public of gatherings: the agenda, each one's page, feeds; and how it becomes so."""

from __future__ import annotations

from django.urls import path

from fabrique.web.pages import agenda, embed, feeds, gathering, messages, publishing, spotted

PATHS = [
    path("agenda/", agenda.coming, name="agenda"),
    path("agenda/past/", agenda.past, name="agenda-past"),
    path("agenda/<int:year>/<int:number>/", agenda.month, name="agenda-month"),
    path("agenda/feed/", feeds.mine, name="feed-mine"),
    path("agenda.ics", feeds.public, name="agenda-ics"),
    path("agenda.atom", feeds.atom, name="agenda-atom"),
    path("feeds/<secret>.ics", feeds.own, name="feed-own"),
    path("embed/agenda", embed.agenda, name="embed-agenda"),
    path("embed/g/<slug:slug>", embed.one, name="embed-gathering"),
    path("g/<slug:slug>/", gathering.show, name="gathering"),
    path("g/<slug:slug>.ics", feeds.file, name="gathering-ics"),
    path("g/<slug:slug>/interest", gathering.answer, name="interest"),
    path("g/<slug:slug>/edit/", publishing.edit, name="gathering-edit"),
    path("g/<slug:slug>/publish/", publishing.publish, name="gathering-publish"),
    path("g/<slug:slug>/messages/", messages.gathering, name="messages"),
    path("mail/stop/<token>", messages.stop, name="mail-stop"),
    path("team/messages/", messages.house, name="team-messages"),
    path("team/spotted/", spotted.team, name="team-spotted"),
]
