"""The agenda of 2,000 gatherings and the directory of 10,000 people: time of the server a page.

Asked inside one process, so that it is the time of the page and of nothing else: no network, no
other request beside it. Each page is read `TIMES` times, by whoever may see the most of it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile

from bench.measure import Measure, percentile

MOST = 100.0  # ms at the 95th percentile
TIMES = 60
PROGRAM = """
import json, random, sys, time
from datetime import timedelta
from fabrique.commands._instance import wake
wake()
from django.test import Client
from django.utils import timezone
from fabrique.actions.profile import make_cards
from fabrique.store.models import Gathering, Membership, Person
from fabrique.store.prepare import collect_static

collect_static()
chance, now, times = random.Random(7), timezone.now(), int(sys.argv[1])
trades = ["Médiation", "Régie", "Production", "Billetterie", "Direction", "Communication"]
places = ["Bretagne", "Occitanie", "Grand Est", "Normandie", "Île-de-France"]
shown = dict.fromkeys(["name", "trade", "territory", "interests"], "member")
people = [
    Person(
        email=f"p{n}@example.org", name=f"Prénom{n % 900} Nom{n}", trade=chance.choice(trades),
        territory=chance.choice(places), interests="numérique, publics, récits", shown=shown,
    )
    for n in range(10_000)
]
Person.objects.bulk_create(people)
make_cards(people)
gatherings = [
    Gathering(
        slug=f"g{n}", title=f"Rendez-vous {n}", state="published",
        starts_at=now + timedelta(hours=9 * (n - 1000)),
        ends_at=now + timedelta(hours=9 * (n - 1000) + 2),
    )
    for n in range(2_000)
]
Gathering.objects.bulk_create(gatherings)
me = people[0]
Membership.objects.create(person=me, starts_on=now.date() - timedelta(days=9), paid=True)
client = Client(SERVER_NAME="localhost", headers={"accept-language": "fr"})
client.force_login(me)
month = f"/agenda/{now.year}/{now.month}/"
pages = {
    "agenda": "/agenda/", "agenda_month": month, "agenda_past": "/agenda/past/",
    "gathering": "/g/g1200/", "directory": "/people/", "directory_search": "/people/?q=nom77+regie",
    "directory_last": "/people/?page=200", "person": f"/people/{people[77].pk}/",
}
told = {}
for name, path in pages.items():
    assert client.get(path).status_code == 200, path
    waits = []
    for _ in range(times):
        begun = time.perf_counter()
        client.get(path)
        waits.append(1000 * (time.perf_counter() - begun))
    told[name] = waits
print(json.dumps(told))
"""


def measures() -> list[Measure]:
    """Give the 95th percentile of each page, in ms."""
    with tempfile.TemporaryDirectory(prefix="fabrique-house-") as folder:
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, str(TIMES)],
            env=os.environ | {"FABRIQUE_DATA": folder},
            check=True,
            capture_output=True,
            text=True,
        )
    told = json.loads(done.stdout.splitlines()[-1])
    return [
        Measure(f"{name}_p95_ms", [percentile(waits, 0.95)], "ms", MOST)
        for name, waits in told.items()
    ]


if __name__ == "__main__":
    for measure in measures():
        print(measure.row())
