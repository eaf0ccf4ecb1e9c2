"""A resource as its readers have it: who signed it, what goes with it, what stands beside it."""

from __future__ import annotations

from msgspec import Struct

from fabrique.actions.library.look import ABOUT, shelf
from fabrique.actions.policy import allowed
from fabrique.actions.policy.viewer import Viewer
from fabrique.store.models import Resource, ResourceFile, Shelved

MOST = 200  # texts of a series


class Beside(Struct, frozen=True):
    """The texts of its series: the one before, the one after, how many there are."""

    before: Shelved | None = None
    after: Shelved | None = None
    count: int = 0


def of_slug(slug: str, viewer: Viewer) -> Resource | None:
    """Give a resource that whoever looks may read."""
    rows = Resource.objects.select_related("gathering__series", "series", "submitter")
    found = rows.filter(slug=slug).first()
    return found if found is not None and allowed(viewer, "resource:read", found) else None


def signed(resource: Resource) -> list[str]:
    """Name who wrote it: people of the house who agreed to be named here, and names as text."""
    rows = resource.authors.select_related("person")
    names = (row.name or (row.person.name if row.agreed and row.person else "") for row in rows)
    return [name for name in names if name]


def files(resource: Resource, viewer: Viewer) -> list[ResourceFile]:
    """Give the files that whoever looks may open, of what is published."""
    rows = resource.files.filter(public=True)
    return [one for one in rows if allowed(viewer, "file:open", one)]


def beside(resource: Resource, viewer: Viewer) -> Beside:
    """Give what stands before and after it in its series, of what whoever looks may read."""
    series = resource.of_series
    if series is None or not allowed(viewer, "series:see", series):
        return Beside()
    rows = shelf(viewer).filter(series=series).select_related(*ABOUT)
    found = list(rows.order_by("on", "id")[:MOST])
    here = next((n for n, one in enumerate(found) if one.resource_id == resource.pk), None)
    if here is None:
        return Beside(count=len(found))
    after = found[here + 1] if here + 1 < len(found) else None
    return Beside(found[here - 1] if here else None, after, len(found))
