"""The team reads what is proposed, asked and reported: published, refused, answered, hidden."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fabrique.actions.library import files, judge, opinions, write
from fabrique.actions.library.belonging import settle
from fabrique.actions.policy.viewer import Viewer
from fabrique.domain.belonging import Belonging, themes_of
from fabrique.domain.licence import LICENCES
from fabrique.domain.resource import State
from fabrique.domain.text import Invalid
from fabrique.domain.tier import NAMES, Tier
from fabrique.store.models import Comment, Person, Resource, Theme
from fabrique.web.belonging import belonging_of, choices
from fabrique.web.pages.propose import person_of
from fabrique.web.pages.requests import desk
from fabrique.web.shelved import form_name, kind_name
from fabrique.web.site import page
from fabrique.web.viewer import viewer


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def queue(request: HttpRequest) -> HttpResponse:
    """Show what waits; publish it, or say no; answer readers; look at what is reported."""
    me = person_of(request, "house:library")
    looking = viewer(request)
    refused, at = None, _about(request)
    if request.method == "POST":
        try:
            done = _decided(request, looking, at, me)
        except Invalid as error:
            refused = error
        else:
            return redirect(f"{reverse('team-resources')}?done={done}")
    typed = belonging_of(request) if refused and "resource" in request.POST else None
    values = {
        "rows": [
            _row(one, looking, typed if str(one.pk) == at else None) for one in write.waiting()
        ],
        **desk.of_team(),
        "comments": opinions.reported(),
        "done": request.GET.get("done", ""),
        "refused": refused,
        "at": at,
        "typed": request.POST if refused else {},
    }
    return page(request, "pages/library/team.html", values, 400 if refused else 200)


def _about(request: HttpRequest) -> str:
    """Give the id of what a form is about, "" where none was sent."""
    given = request.POST
    return next((given[name] for name in ("resource", "comment", "request") if name in given), "")


def _decided(request: HttpRequest, looking: Viewer, at: str, me: Person) -> str:
    if "request" in request.POST:
        desk.answered(desk.of_resources(), request.POST, me)
        return "answered"
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
    mark = request.POST.get("mark", "")
    if "publish" not in request.POST:
        judge.refuse(found, judge.Decided(mark, said), me, now)
        return "refused"
    belongs = settle(belonging_of(request), looking, found)
    judge.publish(found, judge.Decided(mark, said, belongs), me, now)
    return "published"


def _row(one: Resource, looking: Viewer, typed: Belonging | None) -> dict[str, object]:
    given = write.said(one)
    titles = Theme.objects.filter(slug__in=given.chosen).values_list("title", flat=True)
    return {
        "resource": one,
        "given": given,
        "themes": [*titles, *themes_of(given)],
        "belongs": choices(looking, one, typed or given),
        "open": typed is not None,
        "mark": judge.mark_of(one),
        "changes": one.state == State.PUBLISHED,
        "kind": kind_name(given.kind),
        "form": form_name(given.format),
        "audience": NAMES[Tier(given.audience)],
        "licence": LICENCES[given.licence],
        "files": files.listed(one),
    }
