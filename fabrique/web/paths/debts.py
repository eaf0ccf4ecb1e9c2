"""What is owed: decisions and actions, the documentation of gatherings."""

from __future__ import annotations

from django.urls import path

from fabrique.web.pages.minutes import owed, register

PATHS = [
    path("minutes/owed/", owed.owed, name="minutes-owed"),
    path("register/", register.register, name="commitments"),
    path("register/<uuid:pk>/", register.one, name="commitment"),
]
