"""What is owed: decisions and actions, the documentation of gatherings."""

from __future__ import annotations

from django.urls import path

from fabrique.web.pages.minutes import owed, parts, quick, register

PATHS = [
    path("minutes/owed/", owed.owed, name="minutes-owed"),
    path("minutes/<uuid:pk>/parts.json", parts.parts, name="minutes-locks"),
    path("minutes/<uuid:pk>/quick/", quick.quick, name="minutes-quick"),
    path("s/<code>/minutes", quick.of_session, name="minutes-quick-begin"),
    path("register/", register.register, name="commitments"),
    path("register/<uuid:pk>/", register.one, name="commitment"),
]
