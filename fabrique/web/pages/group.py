"""The organising group: its page, and the invitation that leads to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fabrique.actions import invitations, organise, shape
from fabrique.domain.text import Invalid
from fabrique.store.models import Gathering, Invitation, Organiser, Person
from fabrique.web.pages.propose import person_of
from fabrique.web.site import gathering_of, page


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def group(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the organising group; ask somebody to join, answer who asks to, share out, leave."""
    found = gathering_of(request, slug, "gathering:organise")
    me = person_of(request, "gathering:organise", found)
    refused = None
    if request.method == "POST":
        act = next((name for name in ACTS if name in request.POST), None)
        if act is None:
            raise Http404(slug)
        try:
            ACTS[act](request.POST, found, me)
        except Invalid as error:
            refused = error
        else:
            left = act == "leave" and request.POST["leave"] == str(me.pk)
            return redirect("organise-mine") if left else redirect("organise-group", slug)
    rows = Organiser.objects.filter(gathering=found).select_related("person").order_by("since")
    waiting = Invitation.objects.filter(gathering=found, state="open").select_related(
        "person", "by"
    )
    values = {
        "gathering": found,
        "rows": list(rows),
        "invited": [call for call in waiting if call.kind == "invited"],
        "asking": [call for call in waiting if call.kind == "asked"],
        "roles": shape.preparation_of(found).parts.get("roles", []),
        "me": me,
        "refused": refused,
        "email": request.POST.get("email", "") if refused else "",
        "words": request.POST.get("words", "") if refused else "",
    }
    return page(request, "pages/organise-group.html", values, 400 if refused else 200)


def _invite(given: Mapping[str, str], found: Gathering, me: Person) -> None:
    invitations.invite(found, given.get("email", ""), given.get("words", ""), me, timezone.now())


def _answer(given: Mapping[str, str], found: Gathering, me: Person, *, yes: bool) -> None:
    call = given["yes" if yes else "no"]
    invitations.answer(found, call, yes=yes, by=me, now=timezone.now())


ACTS: Mapping[str, Callable[[Mapping[str, str], Gathering, Person], None]] = {
    "invite": _invite,
    "withdraw": lambda given, found, me: invitations.withdraw(found, given["withdraw"], me),
    "yes": lambda given, found, me: _answer(given, found, me, yes=True),
    "no": lambda given, found, me: _answer(given, found, me, yes=False),
    "leave": lambda given, found, me: organise.leave(found, given["leave"], me),
    "entrust": lambda given, found, me: organise.entrust(
        found, given["entrust"], given.get("role", ""), me
    ),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invited(request: HttpRequest, token: str) -> HttpResponse:
    """Show an invitation; only pressing a button answers it, for mail programs open links."""
    call = invitations.call_of(token)
    refused, declined = None, False
    if request.method == "POST":
        try:
            if "decline" in request.POST:
                invitations.decline(call)
                declined = True
            else:
                invitations.accept(call, person_of(request, "gathering:propose"), timezone.now())
                return redirect("organise-one", call.gathering.slug)
        except Invalid as error:
            refused = error
    found = getattr(request, "user", None)
    me = found if isinstance(found, Person) else None
    values = {
        "call": call,
        "gathering": call.gathering,
        "declined": declined,
        "refused": refused,
        "open": invitations.open_for(call, me),
        "state": call.state,
        "me": me,
    }
    return page(request, "pages/invited.html", values, 400 if refused else 200)
