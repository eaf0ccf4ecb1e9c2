"""Rooms and items: what they are, who has a part in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fabrique.actions.programme import draft, speakers
from fabrique.domain.text import Invalid
from fabrique.store.models import Gathering, Item, Person, Room
from fabrique.web.pages.days.fields import number
from fabrique.web.pages.days.forms import ItemForm, PartForm, RoomForm
from fabrique.web.pages.days.who import person_of
from fabrique.web.site import gathering_of, page

ROOM_ACTS: Mapping[str, Callable[[Room, Person], None]] = {
    "remove": draft.remove_room,
    "sooner": partial(draft.move_room, later=False),
    "later": partial(draft.move_room, later=True),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def item(request: HttpRequest, slug: str, name: UUID | None = None) -> HttpResponse:
    """Make an item or change it; give parts in it; take it out."""
    gathering = gathering_of(request, slug, "programme:edit")
    row = _row(gathering, name)
    do = request.POST.get("do", "save") if request.method == "POST" else ""
    if do == "drop" and row is not None:
        draft.drop_item(row, person_of(request))
        return redirect("programme-edit", slug)
    if do == "unpart" and row is not None:
        part = row.parts.filter(pk=number(request.POST.get("part"))).first()
        if part is not None:
            speakers.remove_part(part, person_of(request))
        return redirect("programme-item", slug, row.pk)
    parting = PartForm(request.POST if do == "part" else None, prefix="part")
    if do == "part" and row is not None and parting.is_valid():
        try:
            speakers.add_part(row, **parting.cleaned_data, by=person_of(request))
            return redirect("programme-item", slug, row.pk)
        except Invalid as error:
            parting.refuse(error)
    form = _form(request, gathering, row, saving=do == "save")
    if do == "save" and form.is_valid():
        saved = _save(request, gathering, row, form)
        if saved is not None:
            return saved
    values = {
        "gathering": gathering,
        "item": row,
        "form": form,
        "parting": parting,
        "parts": row.parts.select_related("speaker").order_by("id") if row else (),
    }
    wrong = form.errors or parting.errors
    return page(request, "pages/days/item.html", values, status=400 if wrong else 200)


def _row(gathering: Gathering, name: UUID | None) -> Item | None:
    if name is None:
        return None
    found = gathering.items.select_related("pool", "gathering").filter(pk=name, dropped=False)
    row = found.first()
    if row is None:
        raise Http404(str(name))
    return row


def _form(
    request: HttpRequest, gathering: Gathering, row: Item | None, *, saving: bool
) -> ItemForm:
    names = (*draft.WORDS, "minutes")
    first = {name: getattr(row, name) for name in names} if row else {}
    start = {"language": gathering.language, "audience": gathering.audience, **first}
    form = ItemForm(request.POST if saving else None, initial=start)
    if row is not None and row.pool is not None:
        del form.fields["seats"]  # they are taken already: the page of registrations changes them
    return form


def _save(
    request: HttpRequest, gathering: Gathering, row: Item | None, form: ItemForm
) -> HttpResponse | None:
    given = dict(form.cleaned_data)
    minutes = given.pop("minutes")
    try:
        saved = draft.save_item(
            gathering, row, draft.About(**given), person_of(request), minutes=minutes
        )
    except Invalid as error:
        form.refuse(error)
        return None
    if row is None:
        return redirect("programme-item", gathering.slug, saved.pk)
    return redirect(f"{reverse('programme-edit', args=[gathering.slug])}?item={saved.pk}#place")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rooms(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a room, rename it, say how many it holds, put it elsewhere, take it away."""
    gathering = gathering_of(request, slug, "programme:edit")
    form = RoomForm()
    if request.method == "POST":
        form = RoomForm(request.POST)
        if _room(request, gathering, form):
            return redirect(f"{reverse('programme-rooms', args=[slug])}{_stays_at(request)}")
    values = {"gathering": gathering, "form": form, "rooms": gathering.rooms.order_by("rank", "id")}
    return page(request, "pages/days/rooms.html", values, status=400 if form.errors else 200)


def _stays_at(request: HttpRequest) -> str:
    """Give the part of the page that comes back: the room that was moved, for who has no mouse."""
    moved = request.POST.get("do") in ("sooner", "later")
    return f"#room-{number(request.POST.get('room'))}" if moved else ""


def _room(request: HttpRequest, gathering: Gathering, form: RoomForm) -> bool:
    wanted, by = request.POST.get("room"), person_of(request)
    row = gathering.rooms.filter(pk=number(wanted)).first() if wanted else None
    if wanted and row is None:
        raise Http404
    if row is not None and (act := ROOM_ACTS.get(request.POST.get("do", ""))):
        act(row, by)
        return True
    if not form.is_valid():
        return False
    try:
        if row is None:
            draft.add_room(gathering, **form.cleaned_data, by=by)
        else:
            draft.change_room(row, **form.cleaned_data, by=by)
    except Invalid as error:
        form.refuse(error)
        return False
    return True
