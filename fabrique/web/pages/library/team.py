"""The team reads what is proposed, and what is reported: published, refused, hidden."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fabrique.actions.library import files, judge, opinions, write
from fabrique.domain.licence import LICENCES
from fabrique.domain.resource import State
from fabrique.domain.text import Invalid
from fabrique.domain.tier import NAMES, Tier
from fabrique.store.models import Comment, Person, Resource
from fabrique.web.pages.propose import person_of
from fabrique.web.shelved import form_name, kind_name
from fabrique.web.site import page


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def queue(request: HttpRequest) -> HttpResponse:
    """Show what waits; publish it, or say no in a sentence; look at what is reported."""
    me = person_of(request, "house:library")
    refused, at = None, request.POST.get("resource", "") or request.POST.get("comment", "")
    if request.method == "POST":
        try:
            done = _decided(request, at, me)
        except Invalid as error:
            refused = error
        else:
            return redirect(f"{reverse('team-resources')}?done={done}")
    values = {
        "rows": [_row(one) for one in write.waiting()],
        "comments": opinions.reported(),
        "done": request.GET.get("done", ""),
        "refused": refused,
        "at": at,
        "typed": request.POST if refused else {},
    }
    return page(request, "pages/library/team.html", values, 400 if refused else 200)


def _decided(request: HttpRequest, at: str, me: Person) -> str:
    now, said = timezone.now(), request.POST.get("word", "")
    try:
        pk = UUID(at)
    except ValueError:
        raise Http404(at) from None
    if "comment" in request.POST:
        row = Comment.objects.filter(pk=pk).first()
        if row is None:
            raise Invalid(write.ELSEWHERE)
        if "hide" in request.POST:
            opinions.hide(row, said, me, now)
            return "hidden"
        opinions.show(row, me)
        return "shown"
    found = Resource.objects.filter(pk=pk).first()
    if found is None:
        raise Invalid(write.ELSEWHERE)
    decide = judge.publish if "publish" in request.POST else judge.refuse
    decide(found, request.POST.get("mark", ""), said, me, now)
    return "published" if "publish" in request.POST else "refused"


def _row(one: Resource) -> dict[str, object]:
    given = write.said(one)
    return {
        "resource": one,
        "given": given,
        "mark": judge.mark_of(one),
        "changes": one.state == State.PUBLISHED,
        "kind": kind_name(given.kind),
        "form": form_name(given.format),
        "audience": NAMES[Tier(given.audience)],
        "licence": LICENCES[given.licence],
        "files": files.listed(one),
    }
