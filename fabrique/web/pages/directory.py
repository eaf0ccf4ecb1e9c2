"""The directory and the page of a person: what they chose to show to whoever looks."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fabrique.actions.directory import Wanted, find, offered, seen_of
from fabrique.actions.policy.viewer import Viewer
from fabrique.domain.pictures import media_name
from fabrique.domain.profile import FIELDS, LEVELS
from fabrique.domain.tier import NAMES, Tier
from fabrique.store.here import media
from fabrique.store.models import Person, Structure
from fabrique.web.asked import number, paged
from fabrique.web.site import page as drawn
from fabrique.web.viewer import require

LONGEST = 100  # of what is searched for
TEXTS = ("interests", "brings", "seeks", "about")


@never_cache
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """List those who let themselves be seen."""
    tier = require(request, "people:see").tier
    given = request.GET
    structure = number(given.get("structure", ""))
    wanted = Wanted(
        words=given.get("q", "")[:LONGEST],
        trade=given.get("trade", "")[:LONGEST],
        territory=given.get("territory", "")[:LONGEST],
        level=given.get("level", "")[:LONGEST],
        structure=structure,
    )
    found = find(tier, wanted, number(given.get("page", "")) or 1)
    values = {
        "found": found,
        "wanted": wanted,
        "trades": offered(tier, "trade"),
        "territories": offered(tier, "territory"),
        "levels": LEVELS.items(),
        "structure": Structure.objects.filter(pk=structure).first() if structure else None,
        "tier": NAMES[tier],
        "paged": paged(request, found.page, found.pages),
    }
    return drawn(request, "pages/people.html", values)


@never_cache
@require_safe
def person(request: HttpRequest, who: UUID) -> HttpResponse:
    """Show one person; nothing shown is nobody there. One's own, as each tier sees it."""
    looking = require(request, "people:see")
    found, tier = _found(looking, who), _tier(looking, who, request.GET.get("as", ""))
    seen = seen_of(found, tier)
    own = looking.person is not None and looking.person.pk == found.pk
    if not seen and not own:
        raise Http404(who)
    level = LEVELS.get(found.level) if "level" in seen else None
    texts = [(FIELDS[name], getattr(found, name)) for name in TEXTS if name in seen]
    values = {"person": found, "seen": seen, "own": own, "as": tier, "level": level}
    values |= {"texts": texts, "tiers": [(one.value, NAMES[one]) for one in Tier]}
    return drawn(request, "pages/person.html", values)


@require_safe
def picture(request: HttpRequest, who: UUID, which: str) -> HttpResponse:
    """Give a photo or a banner to those it is shown to."""
    looking = require(request, "people:see")
    if which not in ("photo", "banner"):
        raise Http404(which)
    found = _found(looking, who)
    own = looking.person is not None and looking.person.pk == found.pk
    name = getattr(found, which)
    if not own and which not in seen_of(found, looking.tier):
        raise Http404(which)
    content = media().read(name) if media_name(f"media:{name}") else None
    if content is None:
        raise Http404(which)
    response = HttpResponse(content, content_type="image/webp")
    response.headers["Cache-Control"] = "private, max-age=300"
    return response


def _found(looking: Viewer, who: UUID) -> Person:
    found = Person.objects.select_related("structure").filter(pk=who, is_active=True).first()
    if found is None:
        raise Http404(who)
    return found


def _tier(looking: Viewer, who: UUID, asked: str) -> Tier:
    """Give the tier of whoever looks; of one's own page, the one that is asked for."""
    own = looking.person is not None and looking.person.pk == who
    return Tier(asked) if own and asked in set(Tier) else looking.tier
