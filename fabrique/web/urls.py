"""Every address of the pages; live connections are served before these (docs/live-protocol.md)."""

from __future__ import annotations

from django.urls import path

from fabrique.web.pages import (
    addresses,
    animate,
    document,
    errors,
    guide,
    home,
    imported,
    imports,
    join,
    mine,
    picture,
    prepare,
    recorded,
    seating,
    studio,
)
from fabrique.web.paths import agenda, days, debts, library, minutes, organising, people, seats

RESULTS = {"suffix": "json", "name": "results"}
LISTINGS = {"suffix": "xlsx", "name": "listings"}

urlpatterns = [
    path("", home.home, name="home"),
    path("language", home.language, name="language"),
    path("s/<code>/", join.session, name="session"),
    path("s/<code>/seat", join.stand_up, name="stand-up"),
    path("s/<code>/closing.ics", addresses.calendar, name="closing"),
    path("s/<code>/address", addresses.leave, name="address"),
    path("s/<code>/address/<token>", addresses.gone, name="address-gone"),
    path("s/<code>/addresses", addresses.page, name="addresses"),
    path("s/<code>/addresses.csv", addresses.listing, name="addresses-csv"),
    path("s/<code>/recording", recorded.recorded, name="recorded"),
    path("s/<code>/mine", mine.page, name="mine"),
    path("s/<code>/stage", animate.stage, name="stage"),
    path("s/<code>/console", animate.console, name="console"),
    path("s/<code>/groups", seating.page, name="seating"),
    path("s/<code>/invite", animate.invite, name="invite"),
    path("s/<code>/prepare", studio.page, name="studio"),
    path("s/<code>/preview", studio.preview, name="preview"),
    path("s/<code>/running-order.json", studio.export, name="running-order"),
    path("s/<code>/picture/<name>", picture.show, name="picture"),
    path("s/<code>/report", document.page, name="report"),
    path("s/<code>/report.pdf", document.report, {"suffix": "pdf"}, name="report-pdf"),
    path("s/<code>/report.docx", document.report, {"suffix": "docx"}, name="report-docx"),
    path("s/<code>/report.md", document.report, {"suffix": "md"}, name="report-md"),
    path("s/<code>/results.json", document.data, RESULTS, name="results"),
    path("s/<code>/listings.xlsx", document.data, LISTINGS, name="listings"),
    path("s/<code>/archive.json", document.archive, name="archive"),
    path("s/<code>/export.zip", document.export, name="export"),
    path("s/<code>/charts/<path:chart>.png", document.chart, name="chart"),
    path("enter/<token>", animate.enter, name="enter"),
    path("guide", guide.index, name="guide"),
    path("guide/<slug:name>", guide.page, name="guide-page"),
    path("prepare/", prepare.methods, name="prepare"),
    path("prepare/import/", imports.choose, name="import"),
    path("prepare/import/<name>", imports.look, name="import-look"),
    path("prepare/imported/<code>", imported.page, name="imported"),
    *people.PATHS,
    *seats.PATHS,
    *agenda.PATHS,
    *organising.PATHS,
    *days.PATHS,
    *library.PATHS,  # before those of minutes, whose addresses are any word under /library/
    *minutes.PATHS,
    *debts.PATHS,
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.broken
