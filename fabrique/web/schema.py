"""A gathering as search engines read it (schema.org Event)."""

from __future__ import annotations

from typing import Any

from fabrique.domain.announcement import GatheringNews, Happens
from fabrique.domain.told import line

STATUS = {Happens.CANCELLED: "EventCancelled", Happens.POSTPONED: "EventPostponed"}
ATTENDANCE = {
    "remote": "OnlineEventAttendanceMode",
    "site": "OfflineEventAttendanceMode",
    "hybrid": "MixedEventAttendanceMode",
}
SCHEMA = "https://schema.org/"


def event(news: GatheringNews) -> dict[str, Any]:
    """Give the object of JSON-LD."""
    assert news.when is not None  # noqa: S101 - the caller asks only for what has a date
    when = news.when
    begins, ends = (when.first, when.last) if when.all_day else (when.begins, when.ends)
    return {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": news.address,
        "url": news.address,
        "name": line(news.title),
        "description": line(news.question),
        "startDate": begins.isoformat(),
        "endDate": ends.isoformat(),
        "eventStatus": SCHEMA + STATUS.get(news.happens, "EventScheduled"),
        "eventAttendanceMode": SCHEMA + ATTENDANCE[news.mode],
        "location": _location(news),
        "organizer": {"@type": "Organization", "name": news.house},
    }


def _location(news: GatheringNews) -> dict[str, Any] | list[dict[str, Any]]:
    online = {"@type": "VirtualLocation", "url": news.address}
    place = {"@type": "Place", "name": line(news.place) or news.house}
    place["address"] = line(news.place)
    if news.mode == "hybrid":
        return [place, online]
    return online if news.mode == "remote" else place
