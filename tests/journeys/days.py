"""Big days made beside a server, and people already signed in: `python -m tests.journeys.days`."""

import itertools
import json
import secrets
import sys
from datetime import timedelta

from tests.store.instance import instance

instance()

from django.test import Client  # noqa: E402 - needs Django to be set up
from django.utils import timezone  # noqa: E402

from fabrique.actions import venues  # noqa: E402
from fabrique.actions.programme import duties, releases  # noqa: E402
from fabrique.domain.venues import Value  # noqa: E402
from fabrique.store.models import Dispatch  # noqa: E402
from tests.store import made  # noqa: E402
from tests.web.days import FIRST, QUESTIONS, call, days, item, part, place, room  # noqa: E402

TALKS = (
    ("Ouverture", "plenary", 0, 45, 0, "Nadia Ferrand"),
    ("Ce que le numérique fait à la scène", "talk", 60, 60, 0, "Oscar Lemaire"),
    ("Atelier : prototyper une médiation", "workshop", 60, 120, 1, "Ines Bourdon"),
    ("Visite du plateau", "visit", 75, 45, 2, ""),
    ("Repas", "meal", 195, 75, None, ""),
    ("Table ronde : bâtir ensemble", "panel", 270, 90, 0, "Oscar Lemaire"),
    ("Permanence juridique", "office_hours", 270, 120, 2, "Sam Petit"),
    ("Atelier : écrire pour l’accessibilité", "workshop", 300, 90, 1, "Ines Bourdon"),
    ("Concert dessiné", "show", 420, 60, 0, "Compagnie du Quai"),
)
PLACES = (
    ("Le Hangar", 220, 4, 1800),
    ("Halle aux grains", 90, 2, 900),
    ("Studio Nord", 60, 3, 0),
)

# Each process counts anew: addresses and names of one must not be those of another.
made._numbers = itertools.count(secrets.randbelow(10**9))


def cookie(who):
    client = Client(SERVER_NAME="localhost")
    client.force_login(who)
    return client.cookies["session"].value


def make():
    about, host = days()
    rooms = [room(about, host), room(about, host, "Studio", 20), room(about, host, "Foyer", 40)]
    for title, kind, after, minutes, where, voice in TALKS:
        at = FIRST + timedelta(minutes=after)
        spot = None if where is None else rooms[where]
        words = {"kind": kind, "about": "Une heure pour regarder, essayer, se parler."}
        row = item(about, host, title, at, spot, minutes, **words)
        if voice:
            part(row, host, voice, f"{voice.split()[0].lower()}@example.org")
    item(about, host, "Bilan", FIRST + timedelta(days=1), rooms[0], kind="plenary")
    call(about, host, QUESTIONS)
    return about, host, rooms


def full():
    about, host, rooms = make()
    releases.release(about, "Bienvenue !", host, timezone.now())
    first = about.items.get(title="Visite du plateau")
    place(first, host, FIRST + timedelta(minutes=90), rooms[0], 45)
    item(about, host, "Sieste sonore", FIRST + timedelta(hours=5), rooms[2])
    releases.release(about, "", host, timezone.now())
    item(about, host, "Radio de plateau", kind="talk")
    duties.usual_duties(about, "fr", host)
    search = venues.begin(about, host)
    venues.aim(
        search,
        "Un plateau et trois salles, à moins d’un quart d’heure d’une gare.",
        timezone.localdate() - timedelta(days=2),
        host,
    )
    for name, seats, access, price in PLACES:
        values = {}
        for one in search.criteria.all():
            figure = {"least": seats, "most": price}.get(one.measure, access)
            values[one.pk] = Value(figure, "gradins amovibles" if one.measure == "least" else "")
        values.popitem()
        lead = venues.About(name=name, place="1 rue du Quai", state="visited", owner=host)
        venues.save_lead(search, None, lead, values, host)
    search.criteria.filter(measure="most").update(wanted=1500)
    search.criteria.filter(measure="least").update(wanted=100)
    return about, host


def main(words):
    if words[0] == "letters":
        rows = Dispatch.objects.order_by("id")
        return [[one.to, one.state, one.subject, one.body] for one in rows]
    about, host = full() if words[0] == "full" else make()[:2]
    member = made.person("Malik")
    people = {"host": cookie(host), "member": cookie(member), "email": member.email}
    return {"slug": about.slug, **people}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1:])) + "\n")
