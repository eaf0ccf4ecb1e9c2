"""Registering, its lists, the door, the room."""

from __future__ import annotations

from django.urls import path

from fabrique.web.pages import (
    antenna,
    checkin,
    group_acts,
    group_one,
    register,
    registration,
    registration_form,
    registrations,
    room,
)
from fabrique.web.pages.compose import acts as composing_acts
from fabrique.web.pages.compose import call as composing_call
from fabrique.web.pages.compose import listing as composing
from fabrique.web.pages.compose import lists as composing_lists
from fabrique.web.pages.compose import met as composing_met
from fabrique.web.pages.compose import one as composed
from fabrique.web.pages.compose import papers as composing_papers

PATHS = [
    path("g/<slug>/register", register.register, name="register"),
    path("g/<slug>/room", room.room, name="room"),
    path("g/<slug>/form/", registration_form.edit, name="registration-form"),
    path("g/<slug>/antenna", antenna.open_antenna, name="antenna"),
    path("g/<slug>/antenna/<int:number>/", checkin.door, name="antenna-door"),
    path("g/<slug>/antenna/<int:number>/sync", checkin.sync, name="antenna-door-sync"),
    path("g/<slug>/registrations/", registrations.page_of, name="registrations"),
    path("g/<slug>/registrations/act", group_acts.act, name="registrations-act"),
    path("g/<slug>/registrations/letter", registrations.letter, name="registrations-letter"),
    path("g/<slug>/registrations/<uuid:pk>", group_one.one, name="registration-one"),
    path("g/<slug>/registrations.<suffix>", registrations.listing, name="registrations-file"),
    path("g/<slug>/paper/<kind>.pdf", registrations.paper, name="registrations-paper"),
    path("g/<slug>/groups/", composing.listing, name="compositions"),
    path("g/<slug>/groups/<uuid:pk>/", composed.one, name="composition"),
    path("g/<slug>/groups/<uuid:pk>/state", composed.state, name="composition-state"),
    path("g/<slug>/groups/<uuid:pk>/act", composing_acts.act, name="composition-act"),
    path("g/<slug>/groups/<uuid:pk>/lists.csv", composing_lists.lists, name="composition-lists"),
    path("g/<slug>/groups/<uuid:pk>/<kind>.pdf", composing_papers.paper, name="composition-paper"),
    path("g/<slug>/groups/<uuid:pk>/met", composing_met.met, name="composition-met"),
    path("g/<slug>/groups/<uuid:pk>/call", composing_call.call, name="composition-call"),
    path("g/<slug>/checkin/", checkin.door, name="checkin"),
    path("g/<slug>/checkin/sync", checkin.sync, name="checkin-sync"),
    path("g/<slug>/checkin/<token>", checkin.badge, name="checkin-badge"),
    path("r/<token>/", registration.own, name="registration"),
    path("r/<token>/tables", registration.tables, name="own-tables"),
    path("r/<token>/room", room.own_room, name="own-room"),
    path("r/<token>/attestation.pdf", registration.attestation, name="attestation"),
]
