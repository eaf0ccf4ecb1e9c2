"""A gathering with people who have seats, and plans of their tables as a solver would give them."""

from datetime import timedelta

from django.utils import timezone

from fabrique.actions.compose import ask, versions
from fabrique.actions.compose.ask import Fresh
from fabrique.actions.compose.versions import Move
from fabrique.domain.composing import Wanted
from fabrique.domain.seat import Seat
from fabrique.store.models import Composition, Pool, Registration
from tests.store.made import gathering, person

TRADES = ("sonorisateur", "éclairagiste", "machiniste")


def crowd(count=12, host=None):
    """A gathering with so many confirmed people, each with an account and a trade."""
    host = host or person("Ada")
    made = gathering(organisers=[host])
    pool = Pool.objects.create(gathering=made, kind="site", title="Salle", size=100)
    rows = [seat(made, pool, n) for n in range(count)]
    return host, made, rows


def seat(made, pool, n, state=Seat.CONFIRMED, **fields):
    somebody = person(f"Personne {n:02}", trade=TRADES[n % len(TRADES)])
    return Registration.objects.create(
        gathering=made,
        pool=pool,
        person=somebody,
        email=somebody.email,
        name=somebody.name,
        state=state.value,
        **fields,
    )


def begun(made, host, **wanted):
    given = {"size": 4, "rounds": 3, "mix": {"trade": 3}, **wanted}
    return ask.begin(made, "Tables", Wanted(**given), host, timezone.now())


def turning(ids, tables=3, rounds=3):
    """Tables that turn: whoever sits in a column of one round is apart in the next."""
    ids = sorted(ids)
    return [
        [
            [one for n, one in enumerate(ids) if (n + k * (n // tables)) % tables == t]
            for t in range(tables)
        ]
        for k in range(rounds)
    ]


def claimed(composition, later=timedelta()):
    """Take the version of a composition that waits, as the worker does; none where none does.

    What other tests left waiting comes first: it is taken too, and nobody computes it.
    """
    while (version := ask.claim(timezone.now() + later)) is not None:
        if version.composition_id == composition.pk:
            return version
        ask.give_up(version.composition, version.by)
    return None


def computed(composition, ids=None, **plan):
    """Give the version that waits a plan, as the worker does."""
    version = claimed(composition)
    ids = ids or [
        str(one) for one in composition.gathering.registrations.values_list("pk", flat=True)
    ]
    given = {
        "value": {"repeats": 0, "mix": 9},
        "bound": {"repeats": 0, "mix": 9},
        "status": "proved",
        "seed": version.seed,
        "seconds": 0.1,
        "rounds": turning(ids),
        **plan,
    }
    ask.done(version, given, [])
    composition.refresh_from_db()
    return version


def planned(made, host, ids, title="Tables", *, again=True, **wanted):
    """A composition whose plan was made before: no worker ever sees it wait.

    `again`: two people meet twice, and a repair waits to be read.
    """
    now = timezone.now()
    composition = Composition.objects.create(gathering=made, title=title, by=host, created_at=now)
    tables = max(2, len(ids) // 6)
    rounds = turning(ids, tables)
    asked = Wanted(size=8, tables=tables, rounds=3, **wanted)
    value = {"repeats": 0, "mix": 130}
    plan = {"value": value, "bound": {"repeats": 0, "mix": 126}, "status": "gap", "rounds": rounds}
    row = ask.add(composition, asked, host, now, Fresh(), state="done", share=1, plan=plan)
    Composition.objects.filter(pk=composition.pk).update(current=row, shown=True, played=1)
    composition.refresh_from_db()
    if again:
        one, other = rounds[2][0][0], rounds[2][1][0]
        versions.move(composition, 1, Move(3, one, 2, other), host, now)
        fresh = Fresh("repaired", row, late=(one,))
        moved = {**plan, "rounds": [rounds[0], rounds[1], [list(one) for one in rounds[2][::-1]]]}
        ask.add(composition, asked, host, now, fresh, state="done", share=1, plan=moved)
        composition.refresh_from_db()
    return composition
