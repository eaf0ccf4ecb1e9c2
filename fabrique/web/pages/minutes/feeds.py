"""Published texts and recordings for other programs: what all may follow, and one's own."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from fabrique.actions import feeds
from fabrique.actions.minutes import shared
from fabrique.actions.policy.viewer import Viewer
from fabrique.domain.article_news import ArticleNews
from fabrique.domain.language import Language, language
from fabrique.domain.text import Text
from fabrique.relays.podcast import MEDIA_TYPE, Channel, podcast
from fabrique.web.cover import drawn
from fabrique.web.pages.feeds import kept, mark, nobody

TITLE = Text("{house}: recordings")
ABOUT = Text("What was said, as it was published, with the text beside it.")


@require_safe
def public(request: HttpRequest) -> HttpResponseBase:
    """Give the recordings that everybody may hear."""
    words = language(settings.LANGUAGE_CODE)
    body = _podcast(shared.episodes(nobody()), words, _absolute("library-podcast"))
    return kept(request, body, MEDIA_TYPE, mark(body))


@never_cache
@require_safe
def own(request: HttpRequest, secret: str) -> HttpResponse:
    """Give those that whoever the secret is of may hear, each by the same secret."""
    person = feeds.owner(secret)
    if person is None:
        raise Http404
    found = shared.episodes(Viewer(person, timezone.localdate()), secret)
    here = _absolute("podcast-own", secret)
    body = _podcast(found, language(person.language), here, private=True)
    response = HttpResponse(body, content_type=MEDIA_TYPE)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@cache_control(public=True, max_age=86_400)
@require_safe
def cover(request: HttpRequest) -> HttpResponse:
    """Give the picture of the feed."""
    return HttpResponse(drawn(), content_type="image/png")


def _podcast(found: list[ArticleNews], words: Language, own_: str, *, private: bool = False) -> str:
    channel = Channel(
        own=own_,
        page=_absolute("library"),
        house=settings.HOUSE_NAME,
        title=words.say(Text(TITLE.msgid, {"house": settings.HOUSE_NAME})),
        about=words.say(ABOUT),
        image=_absolute("podcast-cover"),
        private=private,
    )
    return podcast(found, channel, words)


def _absolute(name: str, *args: str) -> str:
    return settings.PUBLIC_URL + reverse(name, args=args)
