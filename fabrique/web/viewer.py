"""Who is looking at a page: whoever signed in in this browser, or nobody."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from fabrique.actions.policy import require as required
from fabrique.actions.policy.viewer import Viewer
from fabrique.store.models import Person


class SignIn(Exception):  # noqa: N818 - an answer to a person, not an error of ours
    """Whoever asks is not signed in, and might do it if they were."""


def viewer(request: HttpRequest) -> Viewer:
    """Give who is looking; read once a request."""
    found = getattr(request, "fabrique_viewer", None)
    if found is None:
        user = request.user if request.user.is_authenticated else None
        person = user if isinstance(user, Person) else None
        found = Viewer(person, timezone.localdate())
        request.fabrique_viewer = found  # type: ignore[attr-defined]
    return found


def require(request: HttpRequest, act: str, about: Any = None) -> Viewer:
    """Give who is looking; raise `NoAccess` unless they may do `act`, `SignIn` if nobody is."""
    looking = viewer(request)
    try:
        required(looking, act, about)
    except Exception:
        if looking.person is None:
            raise SignIn from None
        raise
    return looking
