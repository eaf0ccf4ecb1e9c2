"""Every address of the pages; live connections are served before these (docs/live-protocol.md)."""

from __future__ import annotations

from django.urls import path

from fabrique.web.pages import animate, document, errors, home, join, picture, prepare

urlpatterns = [
    path("", home.home, name="home"),
    path("language", home.language, name="language"),
    path("s/<code>/", join.session, name="session"),
    path("s/<code>/seat", join.stand_up, name="stand-up"),
    path("s/<code>/stage", animate.stage, name="stage"),
    path("s/<code>/console", animate.console, name="console"),
    path("s/<code>/picture/<name>", picture.show, name="picture"),
    path("s/<code>/report", document.page, name="report"),
    path("s/<code>/report.pdf", document.pdf, name="report-pdf"),
    path("s/<code>/results.json", document.results, name="results"),
    path("s/<code>/archive.json", document.archive, name="archive"),
    path("s/<code>/charts/<path:chart>.png", document.chart, name="chart"),
    path("enter/<token>", animate.enter, name="enter"),
    path("prepare/", prepare.methods, name="prepare"),
    path("prepare/<method>", prepare.edit, name="prepare-method"),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.broken
