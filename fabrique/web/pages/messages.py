"""Every message before it leaves: who gets it, its words; released, rewritten or dropped here."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from fabrique.actions import messages, news
from fabrique.domain.text import Invalid
from fabrique.store.models import Gathering, Person
from fabrique.web.site import gathering_of, page
from fabrique.web.viewer import require, viewer

METHODS = ["GET", "HEAD", "POST"]
ONE_CLICK = "One-Click"


@never_cache
@require_http_methods(METHODS)
def gathering(request: HttpRequest, slug: str) -> HttpResponse:
    """Show those about one gathering to its group."""
    row = gathering_of(request, slug, "gathering:organise")
    about = f"gathering:{row.pk}"
    here = reverse("messages", args=[slug])
    more = {"gathering": row, "organises": True}
    return answered(request, about, here, lambda: {**more, "batches": messages.of(row)})


@never_cache
@require_http_methods(METHODS)
def house(request: HttpRequest) -> HttpResponse:
    """Show those of the whole house to the team."""
    require(request, "house:messages")
    return answered(request, None, reverse("team-messages"), _of_house)


def _of_house() -> dict[str, Any]:
    batches = messages.of_house()
    ids = {one.about.partition(":")[2] for one in batches if one.about.startswith("gathering:")}
    rows = Gathering.objects.filter(pk__in=ids).values_list("pk", "title")
    return {"batches": batches, "titles": {f"gathering:{pk}": title for pk, title in rows}}


def answered(request: HttpRequest, about: str | None, here: str, found: Any) -> HttpResponse:
    """Show what `found` gives and do what is asked; `about` keeps it to what is of one thing."""
    more: dict[str, Any] = {}
    status = 200
    if request.method == "POST":
        try:
            done = _do(request, about)
        except Invalid as error:
            more, status = {"refused": error, "given": request.POST}, 422
        else:
            return redirect(f"{here}?done={done}#said")
    else:
        more["done"] = request.GET.get("done", "")
    values = {"mails": settings.MAILS, **found(), **more}
    return page(request, "pages/messages.html", values, status=status)


def _do(request: HttpRequest, about: str | None) -> str:
    given, now = request.POST, timezone.now()
    person = viewer(request).person
    assert isinstance(person, Person)  # noqa: S101 - nobody else comes here
    key, act = given.get("batch", ""), given.get("do", "")
    match act:
        case "release":
            messages.release(key, about, person, now)
        case "drop":
            messages.drop(key, about, person)
        case "again":
            messages.again(key, about, person, now)
        case "rewrite":
            subject, body = given.get("subject", ""), given.get("body", "")
            messages.rewrite(key, about, subject, body, person)
        case _:
            raise Invalid(messages.GONE)
    return act


@csrf_exempt
@never_cache
@require_http_methods(METHODS)
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Hear no more: by the button of a mail program (RFC 8058), or by that of this page.

    What a mail program posts carries no cookie and says so itself; opening the link does nothing.
    """
    news.read_gone(token)
    if request.method == "POST" and request.POST.get("List-Unsubscribe") == ONE_CLICK:
        news.hear_no_more(token, timezone.now())
        return HttpResponse("ok", content_type="text/plain")
    return _stop_page(request, token)


@csrf_protect
def _stop_page(request: HttpRequest, token: str) -> HttpResponse:
    _, about = news.read_gone(token)
    row = Gathering.objects.filter(pk=about.partition(":")[2]).first() if about else None
    if request.method == "POST":
        news.hear_no_more(token, timezone.now())
    done = request.method == "POST"
    # The title of what is not public stays with those who were written to: only they have the link.
    return page(request, "pages/stop.html", {"title": row.title if row else "", "done": done})
