"""Addresses of big days: programme, call, venue."""

from __future__ import annotations

from django.urls import path

from fabrique.web.pages.days import (
    call,
    exports,
    grid,
    items,
    people,
    programme,
    releases,
    selection,
    venues,
)

PATHS = [
    path("g/<slug>/programme/", programme.programme, name="programme"),
    path("g/<slug>/programme/versions/", programme.versions, name="programme-versions"),
    path("g/<slug>/programme/pick", programme.pick, name="programme-pick"),
    path("g/<slug>/programme/mine/", programme.own, name="my-programme"),
    path("g/<slug>/programme/mine.ics", exports.own, name="my-programme-ics"),
    path("g/<slug>/programme.csv", exports.file, {"suffix": "csv"}, name="programme-csv"),
    path("g/<slug>/programme.xlsx", exports.file, {"suffix": "xlsx"}, name="programme-xlsx"),
    path("g/<slug>/programme.json", exports.file, {"suffix": "json"}, name="programme-json"),
    path("g/<slug>/programme/edit/", grid.grid, name="programme-edit"),
    path("g/<slug>/programme/rooms/", items.rooms, name="programme-rooms"),
    path("g/<slug>/programme/items/new/", items.item, name="programme-item-new"),
    path("g/<slug>/programme/items/<uuid:name>/", items.item, name="programme-item"),
    path("g/<slug>/programme/speakers/", people.listed, name="programme-speakers"),
    path("g/<slug>/programme/release/", releases.release, name="programme-release"),
    path("g/<slug>/speaking/<token>/", people.own, name="speaking"),
    path("g/<slug>/call/", call.call, name="call"),
    path("g/<slug>/call/edit/", selection.edit, name="call-edit"),
    path("g/<slug>/call/<token>/", call.own, name="call-own"),
    path("g/<slug>/contributions/", selection.listed, name="contributions"),
    path("g/<slug>/contributions/<uuid:name>/", selection.one, name="contribution"),
    path("g/<slug>/venues/", venues.search, name="venues"),
    path("g/<slug>/venues/new/", venues.lead, name="venue-new"),
    path("g/<slug>/venues/<int:number>/", venues.lead, name="venue"),
    path("g/<slug>/venues/criteria/new/", venues.criterion, name="criterion-new"),
    path("g/<slug>/venues/criteria/<int:number>/", venues.criterion, name="criterion"),
]
