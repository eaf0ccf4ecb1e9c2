"""One text of the library, with all that goes with it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fabrique.actions.library import opinions, read
from fabrique.actions.library.look import Found
from fabrique.actions.policy import allowed
from fabrique.actions.policy.viewer import Viewer
from fabrique.domain.licence import LICENCES
from fabrique.domain.resource import STATES, Kind, State
from fabrique.domain.tier import NAMES, Tier
from fabrique.store.models import Resource, Shelved
from fabrique.web.shelved import Line, form_name, kind_name, line
from fabrique.web.site import page
from fabrique.web.viewer import viewer


@never_cache
@require_safe
def text(request: HttpRequest, slug: str) -> HttpResponse:
    """Show it."""
    looking = viewer(request)
    found = read.of_slug(slug, looking)
    if found is None:
        raise Http404(slug)
    told = {"reported": "reported" in request.GET}
    return page(request, "pages/library/text.html", values(found, looking) | told)


def values(found: Resource, looking: Viewer) -> dict[str, Any]:
    """Give all that its page says."""
    licence, names = LICENCES[found.licence], read.signed(found)
    own = {"resource": found, "names": names, "kind": kind_name(found.kind)}
    beside, gathering = read.beside(found, looking), found.gathering
    seen = gathering is not None and allowed(looking, "gathering:see", gathering)
    return {
        **own,
        "form": form_name(found.format),
        "themes": list(found.themes.all()),
        "audience": NAMES[Tier(found.audience)],
        "state": STATES[State(found.state)],
        "files": read.files(found, looking),
        "licence": licence,
        "terms": licence.link(get_language() or "fr"),
        "before": _line(beside.before),
        "after": _line(beside.after),
        "gathering": gathering if seen else None,
        "asks": allowed(looking, "resource:ask", found),
        "writes": allowed(looking, "resource:write", found),
        **_opinions(found, looking),
        "data": described(found, names),
    }


def _opinions(found: Resource, looking: Viewer) -> dict[str, Any]:
    """Give what is said of a tool, and whether whoever looks may say something."""
    if found.kind != Kind.TOOL:
        return {"is_tool": False}
    return {
        "is_tool": True,
        "judges": allowed(looking, "resource:judge", found),
        "stars": opinions.stars(found),
        "own": opinions.own(found, looking.person),
        "comments": opinions.heard(found, looking),
        "scale": opinions.SCALE,
    }


def _line(one: Shelved | None) -> Line | None:
    return line(Found(one)) if one else None


def described(found: Resource, names: list[str]) -> dict[str, Any] | None:
    """Say what it is to search engines, if everybody may read it."""
    if found.state != State.PUBLISHED or found.audience != Tier.GUEST or not found.published_on:
        return None
    told = {
        "@context": "https://schema.org",
        "@type": "Article" if found.kind in ("article", "study") else "LearningResource",
        "headline": found.title,
        "abstract": found.summary,
        "inLanguage": found.language,
        "datePublished": found.published_on.isoformat(),
        "dateModified": found.updated_at.isoformat(),
        "author": [{"@type": "Person", "name": name} for name in names],
        "keywords": [theme.title for theme in found.themes.all()],
        "license": LICENCES[found.licence].address,
        "publisher": {"@type": "Organization", "name": settings.HOUSE_NAME},
        "url": settings.PUBLIC_URL + reverse("resource", args=[found.slug]),
    }
    return {key: value for key, value in told.items() if value}
