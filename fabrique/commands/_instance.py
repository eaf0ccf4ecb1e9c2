"""Wake Django up on the instance's data."""

from __future__ import annotations

import os
from zoneinfo import ZoneInfo

from fabrique.domain.text import Invalid, Text
from fabrique.store.mail import post

CLOSED = Text(
    "The databases of this instance cannot be opened:"
    " check FABRIQUE_DATA and FABRIQUE_DATABASE_URL."
)


def wake() -> None:
    """Set Django up on `FABRIQUE_DATA` and bring its databases up to date.

    Raises `Invalid` for settings that cannot be, `OSError` where the folder cannot be written.
    """
    _check_zone(os.environ.get("FABRIQUE_TIME_ZONE"))
    post(os.environ.get("FABRIQUE_MAIL_URL", ""))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fabrique.settings")
    import django  # noqa: PLC0415 - slow to load: only for commands that need an instance
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415
    from django.db import DatabaseError  # noqa: PLC0415

    try:
        django.setup()
        from fabrique.store.prepare import prepare  # noqa: PLC0415 - needs Django to be set up

        prepare()
    except (ImproperlyConfigured, DatabaseError):
        raise Invalid(CLOSED) from None


def _check_zone(name: str | None) -> None:
    try:
        ZoneInfo(name or "UTC")
    except (ValueError, OSError, LookupError):
        what = {"name": name}
        raise Invalid(Text("FABRIQUE_TIME_ZONE: unknown time zone “{name}”.", what)) from None
