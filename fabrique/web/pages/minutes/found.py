"""The minutes that a page is about, for whoever may write them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest

from fabrique.actions.policy import allowed
from fabrique.actions.requests.answer import waiting
from fabrique.store.models import Minutes, Person
from fabrique.web.viewer import SignIn, viewer


def minutes_of(request: HttpRequest, pk: UUID) -> tuple[Minutes, Person]:
    """Find minutes and who is at them.

    Raises `SignIn` where nobody is signed in, `Http404` alike for what is not there and for what
    is not theirs.
    """
    looking = viewer(request)
    if looking.person is None:
        raise SignIn
    found = Minutes.objects.select_related(
        "gathering__series", "series", "validated_by", "reviewed_by"
    )
    row = found.filter(pk=pk).first()
    if row is None or not allowed(looking, "minutes:write", row):
        raise Http404(pk)
    return row, looking.person


def shared(row: Minutes, here: str) -> dict[str, Any]:
    """Give what every page of the desk shows."""
    return {"minutes": row, "here": here, "editions": row.editions.count(), "asked": waiting(row)}
