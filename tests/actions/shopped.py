"""A gathering whose people choose workshops, and plans of these as a solver would give them."""

from datetime import timedelta

from django.utils import timezone

from fabrique.actions.compose import ask, choices, offers, shops
from fabrique.domain.offering import Choosing, Offered
from fabrique.store.models import Item, Room, WorkshopChoice
from tests.actions.composed import claimed, crowd

TITLES = ("Bois", "Lumière", "Son")


def workshop(made, title, hours=0, room=None, **fields):
    at = made.starts_at + timedelta(hours=hours) if made.starts_at else None
    return Item.objects.create(
        gathering=made, title=title, kind="workshop", starts_at=at, room=room, **fields
    )


def offering(count=6, places=2, hours=(0, 0, 0), **wanted):
    """People, three workshops of so many places, and a choice of them that is open."""
    host, made, rows = crowd(count)
    items = [workshop(made, title, at) for title, at in zip(TITLES, hours, strict=True)]
    return host, rows, items, opened(made, host, items, places, **wanted)


def opened(made, host, items, places=2, title="Ateliers du matin", closes_at=None, **wanted):
    given = tuple(Offered(item=str(one.pk), places=places) for one in items)
    choosing = Choosing(offers=given, **{"ranks": 3, **wanted})
    return choices.open_choice(made, title, choosing, closes_at, host, timezone.now())


def chosen(composition, row, items, minutes=0):
    """Somebody chooses, so many minutes from now."""
    at = timezone.now() + timedelta(minutes=minutes)
    choices.choose(row, str(composition.pk), [str(one.pk) for one in items], at)
    return WorkshopChoice.objects.filter(composition=composition, registration=row).first()


def solved(composition, host, assigned):
    """Ask for a plan, and keep the one that is given: `assigned` maps rows to their items."""
    shops.ask(composition, host, timezone.now())
    version = claimed(composition)
    problem = shops.problem_of(version)
    given = {str(row.pk): item and str(item.pk) for row, item in assigned.items()}
    solution = {
        "bound": {"ranks": []},
        "status": "proved",
        "seed": 1,
        "seconds": 0.1,
        "body": {"assigned": {who: given.get(who) for who in problem["people"]}},
    }
    ask.done(version, *shops.kept(version, problem, solution))
    composition.refresh_from_db()
    return composition.current


def shopped(made, host, rows, title="Ateliers au choix", *, shown=True):
    """A choice that was answered and solved, in a gathering with two rooms; one chose nothing."""
    room = Room.objects.create(gathering=made, title="Atelier bois", seats=8)
    items = [workshop(made, one, room=room if one == "Bois" else None) for one in TITLES]
    composition = opened(made, host, items, max(2, len(rows) // 3), title)
    answered = rows[:-1] if len(rows) > 1 else rows
    for n, row in enumerate(answered):
        chosen(composition, row, [items[n % 2], items[2]], n - 999)  # before the plan
    counts = {one.pk: 0 for one in items}
    places = offers.choosing_of(composition).offers[0].places
    assigned = {}
    for n, row in enumerate(answered):
        item = next((i for i in (items[n % 2], items[2]) if counts[i.pk] < places), None)
        if item:
            counts[item.pk] += 1
        assigned[row] = item
    solved(composition, host, assigned)
    composition.shown = shown
    composition.save()
    return composition
