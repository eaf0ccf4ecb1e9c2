"""What somebody may read of minutes: the last edition of each that reaches their tier."""

from __future__ import annotations

from django.db.models import Max, OuterRef, QuerySet, Subquery

from fabrique.actions.policy import allowed
from fabrique.actions.policy.viewer import Viewer
from fabrique.domain.tier import Tier
from fabrique.store.models import Edition


def last_editions(viewer: Viewer) -> QuerySet[Edition]:
    """Give the last edition of every text, where it is not withdrawn and reaches the viewer."""
    newest = Edition.objects.filter(minutes=OuterRef("minutes")).values("minutes")
    last = newest.annotate(last=Max("number")).values("last")
    rows = Edition.objects.filter(number=Subquery(last), withdrawn_at=None)
    rows = rows.filter(audience__in=audiences(viewer))
    return rows.select_related("minutes__gathering").order_by("-at", "-pk")


def audiences(viewer: Viewer) -> list[str]:
    """Name the audiences that whoever looks is among, today."""
    return [one.value for one in Tier if viewer.is_staff or viewer.tier.reaches(one)]


def edition_of(slug: str, viewer: Viewer, number: int | None = None) -> Edition | None:
    """Give an edition that whoever looks may read: the last one, unless a number is given.

    Earlier ones are for those who write: words may have been taken out of the text since, and the
    audience narrowed.
    """
    rows = Edition.objects.filter(minutes__slug=slug).select_related("minutes__gathering")
    last = rows.order_by("number").last()
    found = rows.filter(number=number).first() if number else last
    if found is None or not allowed(viewer, "edition:read", found):
        return None
    return found if found == last or allowed(viewer, "minutes:write", found.minutes) else None
