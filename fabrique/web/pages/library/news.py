"""What everybody may read of the library, as a feed of news."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from fabrique.actions.library.look import Found, latest
from fabrique.domain.language import language
from fabrique.relays.atom import Place, Written, shelf
from fabrique.web.pages.feeds import ATOM, NEWS, kept, mark, nobody
from fabrique.web.shelved import line


@require_safe
def atom(request: HttpRequest) -> HttpResponseBase:
    """Give what came on the shelf last, for readers of feeds."""
    told = [_written(one) for one in latest(nobody(), NEWS)]
    here, page = reverse("library-atom"), reverse("library")
    place = Place(settings.PUBLIC_URL + here, settings.PUBLIC_URL + page, settings.HOUSE_NAME)
    body = shelf(told, language(settings.LANGUAGE_CODE), place)
    return kept(request, body, ATOM, mark(body))


def _written(one: Found) -> Written:
    said, resource = line(one), one.shelved.resource
    text = one.edition.minutes_id if one.edition else one.shelved.resource_id
    at = resource.updated_at if resource else one.edition.at if one.edition else None
    assert at is not None  # noqa: S101 - a row of the shelf has the one or the other
    return Written(str(text), said.title, settings.PUBLIC_URL + said.address, at, said.about)
