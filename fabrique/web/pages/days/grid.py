"""The grid: the draft by room and time. One form does everything; keys and drag send the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fabrique.actions.programme import draft, releases, undo
from fabrique.domain.clashes import clashes, sentence
from fabrique.domain.grid import STEP, Spot, board, free, nudge
from fabrique.domain.programme import Item, Programme, moment
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import Gathering
from fabrique.store.models import Item as Row
from fabrique.web.pages.days.fields import tongue
from fabrique.web.pages.days.fields import whole as number_in
from fabrique.web.pages.days.who import person_of
from fabrique.web.site import gathering_of, page
from fabrique.web.viewer import viewer


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def grid(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a day of the draft; place, move, lengthen, unschedule, take back."""
    gathering = gathering_of(request, slug, "programme:edit")
    whole = draft.draft(gathering)
    day = _day(request.POST.get("shown") or request.GET.get("day", ""), whole)
    if request.method != "POST":
        return _shown(request, gathering, whole, day)
    act = ACTS.get(request.POST.get("do", ""))
    if act is None:
        raise Http404
    try:
        name, day = act(request, gathering, whole, day)
    except Invalid as error:
        return _shown(request, gathering, draft.draft(gathering), day, error)
    query = {"day": day.isoformat() if day else "", "item": name, "done": "1"}
    return redirect(f"{reverse('programme-edit', args=[slug])}?{urlencode(query)}#place")


Done = tuple[str, date | None]


def _day(typed: str, whole: Programme) -> date | None:
    days = whole.all_days()
    with suppress(ValueError):
        if (found := date.fromisoformat(typed)) in days:
            return found
    return days[0] if days else None


def _item(request: HttpRequest, whole: Programme) -> Item:
    wanted = request.POST.get("item", "")
    found = next((one for one in whole.items if one.id == wanted), None)
    if found is None:
        raise Invalid(Text("Choose an item first; it may have been taken out meanwhile."), "item")
    return found


def _place(request: HttpRequest, gathering: Gathering, whole: Programme, _day: date | None) -> Done:
    """Put an item at a day, an hour and a room, for so long."""
    item, given = _item(request, whole), request.POST
    try:
        day = date.fromisoformat(given.get("day", ""))
    except ValueError:
        raise Invalid(Text("Choose a day."), "day") from None
    at = moment(day, given.get("clock", ""), whole.zone)
    minutes = number_in(given.get("minutes")) or 0
    return _put(request, gathering, whole, item, Spot(at, given.get("room", ""), minutes))


def _nudge(request: HttpRequest, gathering: Gathering, whole: Programme, day: date | None) -> Done:
    """Move an item by a key; one that waits goes to the first free moment of the first room."""
    item = _item(request, whole)
    if item.starts_at is None:
        if day is None:
            raise Invalid(Text("The gathering has no date yet: give it one first."))
        first = whole.rooms[0].id if whole.rooms else ""
        return _put(request, gathering, whole, item, free(whole, item, day, first))
    by = {name: _by(request, name) for name in ("minutes", "rooms", "longer")}
    return _put(request, gathering, whole, item, nudge(whole, item, **by))


def _by(request: HttpRequest, name: str) -> int:
    typed = request.POST.get(name, "0")
    try:
        return min(max(int(typed[:6]), -1440), 1440)
    except ValueError:
        return 0


def _put(
    request: HttpRequest, gathering: Gathering, whole: Programme, item: Item, spot: Spot
) -> Done:
    rooms = {room.id for room in whole.rooms}
    if spot.room and spot.room not in rooms:
        raise Invalid(Text("This room is no longer there: choose another one."), "room")
    where = draft.Place(spot.starts_at, int(spot.room) if spot.room else None, spot.minutes)
    draft.place(_row(gathering, item), where, person_of(request), timezone.now())
    return item.id, spot.starts_at.astimezone(ZoneInfo(whole.zone)).date()


def _unschedule(
    request: HttpRequest, gathering: Gathering, whole: Programme, day: date | None
) -> Done:
    """Put an item back in the list."""
    item = _item(request, whole)
    room = int(item.room) if item.room else None
    where = draft.Place(None, room, item.minutes)
    draft.place(_row(gathering, item), where, person_of(request), timezone.now())
    return item.id, day


def _undo(request: HttpRequest, gathering: Gathering, whole: Programme, day: date | None) -> Done:
    """Take one's last move back."""
    row = undo.undo(gathering, person_of(request))
    back = row.starts_at.astimezone(ZoneInfo(whole.zone)).date() if row.starts_at else day
    return str(row.pk), back


ACTS: Mapping[str, Callable[..., Done]] = {
    "place": _place,
    "nudge": _nudge,
    "unschedule": _unschedule,
    "undo": _undo,
}


def _row(gathering: Gathering, item: Item) -> Row:
    found = gathering.items.filter(pk=item.id, dropped=False).first()
    if found is None:
        raise Invalid(Text("Choose an item first; it may have been taken out meanwhile."), "item")
    return found


def _shown(
    request: HttpRequest,
    gathering: Gathering,
    whole: Programme,
    day: date | None,
    refused: Invalid | None = None,
) -> HttpResponse:
    looking = viewer(request)
    warned = clashes(whole)
    wanted = request.POST.get("item") or request.GET.get("item", "")
    chosen = next((one for one in whole.items if one.id == wanted), None)
    last = looking.person and undo.last_move(gathering, looking.person)
    values = {
        "gathering": gathering,
        "whole": whole,
        "day": day,
        "days": whole.all_days(),
        "board": board(whole, day) if day else None,
        "step": STEP,
        "warnings": [(one, sentence(one, whole, tongue())) for one in warned],
        "clashing": {name for one in warned for name in one.ids},
        "chosen": chosen,
        "typed": _typed(request, whole, chosen, day) if refused else _typed({}, whole, chosen, day),
        "done": not refused and "done" in request.GET,
        "refused": refused,
        "last": last,
        "released": releases.current(gathering),
    }
    return page(request, "pages/days/grid.html", values, status=400 if refused else 200)


def _typed(
    request: HttpRequest | dict[str, str], whole: Programme, chosen: Item | None, day: date | None
) -> dict[str, str]:
    """Give what the form shows: what was typed, else where the chosen item stands."""
    given = request.POST if isinstance(request, HttpRequest) else request
    at = whole.local(chosen) if chosen and chosen.starts_at else None
    shown = at.date() if at else day
    return {
        "day": given.get("day") or (shown.isoformat() if shown else ""),
        "clock": given.get("clock") or (f"{at:%H:%M}" if at else "09:00"),
        "room": given.get("room") or (chosen.room if chosen else ""),
        "minutes": given.get("minutes") or str(chosen.minutes if chosen else 60),
    }
