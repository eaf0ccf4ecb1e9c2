"""Where minutes begin: from the session, by a button."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fabrique.actions.animate import find_session
from fabrique.actions.minutes import begin as verbs
from fabrique.actions.policy import allowed
from fabrique.domain.text import Invalid
from fabrique.store.here import plan_of
from fabrique.store.models import Gathering, Minutes
from fabrique.web.site import page
from fabrique.web.viewer import SignIn, viewer


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def of_session(request: HttpRequest, code: str) -> HttpResponse:
    """Lead to the minutes of a session; begin them by a button."""
    looking = viewer(request)
    if looking.person is None:
        raise SignIn
    try:
        head = find_session(code)
    except Invalid:
        raise Http404(code) from None
    found = verbs.of_session(head)
    about = found or Minutes(gathering=Gathering.objects.filter(session=head.code).first())
    if not allowed(looking, "minutes:write", about):
        raise Http404(code)
    if request.method == "POST":
        found = verbs.begin(head, looking.person, timezone.now())
    if found is not None:
        return redirect("minutes", found.pk)
    values = {"head": head, "plan": plan_of(head)}
    return page(request, "pages/minutes/begin.html", values)
