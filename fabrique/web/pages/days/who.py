"""Who does what is done: somebody with an account, once the policy has said yes."""

from __future__ import annotations

from django.http import HttpRequest

from fabrique.store.models import Person
from fabrique.web.viewer import SignIn, viewer


def person_of(request: HttpRequest) -> Person:
    """Give who signed in; raise `SignIn` for nobody."""
    found = viewer(request).person
    if found is None:
        raise SignIn
    return found
