"""What is said of a tool: stars, comments, reports; each by whoever may read it."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from fabrique.actions.library import opinions, read
from fabrique.actions.policy import allowed
from fabrique.domain.text import Invalid
from fabrique.store.models import Comment
from fabrique.web.numbers import whole
from fabrique.web.pages.library.read import values
from fabrique.web.site import page
from fabrique.web.viewer import require, viewer


@never_cache
@require_POST
def say(request: HttpRequest, slug: str) -> HttpResponse:
    """Rate a tool, or say how it went."""
    found = read.of_slug(slug, viewer(request))
    if found is None:
        raise Http404(slug)
    me = require(request, "resource:judge", found).person
    assert me is not None  # noqa: S101 - nobody judges without an account
    try:
        if "body" in request.POST:
            made = opinions.comment(found, request.POST["body"], me, timezone.now())
            return redirect(f"{reverse('resource', args=[slug])}#c-{made.pk}")
        opinions.rate(found, whole(request.POST.get("stars", "")), me, timezone.now())
    except Invalid as error:
        told = values(found, viewer(request)) | {"refused": error, "typed": request.POST}
        return page(request, "pages/library/text.html", told, 400)
    return redirect(f"{reverse('resource', args=[slug])}#stars")


@never_cache
@require_POST
def about(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Delete one's own comment, or report another's."""
    row = Comment.objects.select_related("resource", "person").filter(pk=pk).first()
    if row is None or not allowed(viewer(request), "comment:read", row):
        raise Http404(str(pk))
    back = reverse("resource", args=[row.resource.slug])
    if "drop" in request.POST:
        me = require(request, "comment:drop", row).person
        assert me is not None  # noqa: S101 - it is its author
        opinions.drop(row, me)
        return redirect(f"{back}#comments")
    me = require(request, "comment:report", row).person
    assert me is not None  # noqa: S101 - it is somebody with an account
    opinions.report(row, request.POST.get("why", ""), me, timezone.now())
    return redirect(f"{back}?reported=1#comments")
