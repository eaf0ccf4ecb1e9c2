"""From a proposal to a gathering that is ready: its group, its checklist, its slot, its link."""

from __future__ import annotations

from django.urls import path

from fabrique.web.pages import group, organise, propose, series, slot, team, team_slots, video

PATHS = [
    path("propose/", propose.start, name="propose"),
    path("propose/complices/", propose.accomplices, name="accomplices"),
    path("propose/<uuid:pk>/", propose.draft, name="draft"),
    path("propose/<uuid:pk>/<to>", propose.led, name="draft-page"),
    path("organise/", organise.mine, name="organise-mine"),
    path("g/<slug:slug>/organise/", organise.one, name="organise-one"),
    path("g/<slug:slug>/organise/room", organise.room, name="organise-room"),
    path("g/<slug:slug>/organise/group", group.group, name="organise-group"),
    path("g/<slug:slug>/organise/slot", slot.settle, name="organise-slot"),
    path("g/<slug:slug>/organise/video", video.link, name="organise-video"),
    path("g/<slug:slug>/organise/series", series.organise, name="organise-series"),
    path("invited/<token>/", group.invited, name="invited"),
    path("poll/<token>/", slot.poll, name="poll"),
    path("series/<slug:slug>/", series.show, name="series"),
    path("team/proposals/", team.proposals, name="team-proposals"),
    path("team/slots/", team_slots.show, name="team-slots"),
]
