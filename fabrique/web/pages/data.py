"""My data: all that the house holds about me, in one file; and the way to be forgotten."""

from __future__ import annotations

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from fabrique.actions.forget import as_zip, forget, held
from fabrique.domain.held import KINDS
from fabrique.domain.text import Invalid, Text
from fabrique.web.site import page as drawn
from fabrique.web.viewer import require

WRONG = Text("This is not your address: nothing was erased. Type it as it is written above.")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Say what is held; erase it once its owner has typed their address."""
    person = require(request, "me:edit").person
    assert person is not None  # noqa: S101 - the policy has said so
    refused = None
    if request.method == "POST":
        if request.POST.get("email", "").strip().lower() == person.email:
            forget(person, timezone.now())
            logout(request)
            del request.fabrique_viewer  # type: ignore[attr-defined]
            return drawn(request, "pages/forgotten.html")
        refused = Invalid(WRONG, "email")
    counted = [(KINDS[name], len(rows)) for name, rows in held(person).items()]
    values = {"person": person, "held": counted, "refused": refused}
    return drawn(request, "pages/data.html", values, status=400 if refused else 200)


@never_cache
@require_safe
def whole(request: HttpRequest) -> HttpResponse:
    """Give it all in one ZIP file."""
    person = require(request, "me:edit").person
    assert person is not None  # noqa: S101 - the policy has said so
    response = HttpResponse(as_zip(person), content_type="application/zip")
    response.headers["Content-Disposition"] = 'attachment; filename="fabrique-my-data.zip"'
    return response
