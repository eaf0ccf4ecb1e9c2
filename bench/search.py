"""The library of 5,000 texts, half of them minutes: how long it takes to find words, for one tier.

Asked inside one process, from the words typed to the texts, their snippets and the counts of each
facet, policy included; on the database that the environment names, SQLite unless it says so.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile

from bench.measure import Measure, percentile

MOST = 50.0  # ms at the 95th percentile
TIMES = 60
PROGRAM = """
import json, random, sys, time
from datetime import timedelta
from fabrique.commands._instance import wake
wake()
from django.db import connection, transaction
from django.utils import timezone
import msgspec
from fabrique.actions.library import shelf
from fabrique.actions.library.look import Asked, look
from fabrique.actions.policy.viewer import Viewer
from fabrique.domain.article import Article, Part, Passage
from fabrique.store.models import Edition, Minutes, Resource, Theme

chance, now = random.Random(7), timezone.now()
stems = "scène lumière médiation résidence public sobriété régie atelier".split()
words = stems + [f"mot{n}" for n in range(4000)]
tiers, kinds = ["guest", "member", "adherent"], ["article", "study", "resource", "tool"]

def said():
    return " ".join(chance.choices(words, k=14))

def minutes(n):
    passages = tuple(Passage(said(), "written") for _ in range(12))
    made = Article("Article", "fr", now, now, "Europe/Paris", "", now, 1, (), "0",
                   (Part("Suite", passages),))
    row = Minutes.objects.create(slug=f"a{n}", session=f"S{n}", title=f"Article {n}")
    edition = Edition.objects.create(
        minutes=row, number=1, audience=chance.choice(tiers), at=now,
        content=msgspec.to_builtins(made),
    )
    shelf.put_edition(edition, made)

def resource(n):
    row = Resource.objects.create(
        slug=f"r{n}", kind=chance.choice(kinds), title=f"Texte {n}", summary=said(),
        body=". ".join(said() for _ in range(11)), audience=chance.choice(tiers),
        state="published",
        published_on=(now - timedelta(days=chance.randrange(4000))).date(),
    )
    row.themes.set(chance.sample(themes, 2))
    shelf.put(row)

with transaction.atomic():
    themes = [Theme.objects.create(slug=f"t{n}", title=f"Thème {n}") for n in range(20)]
    for n in range(5_000):
        (minutes if n % 2 else resource)(n)
with connection.cursor() as cursor:
    cursor.execute("ANALYZE")  # as PostgreSQL does by itself, a minute later
reader, told = Viewer(None, timezone.localdate()), []
for n in range(int(sys.argv[1])):
    typed = f"{chance.choice(stems)} mot{chance.randrange(4000)}" if n % 2 else chance.choice(stems)
    begun = time.perf_counter()
    found = look(reader, Asked(typed)).found
    told.append(1000 * (time.perf_counter() - begun))
    assert all(one.shelved.audience == "guest" for one in found)
print(json.dumps(told))
"""


def measures() -> list[Measure]:
    """Fill a library, then look for one word and for two, in turn."""
    with tempfile.TemporaryDirectory(prefix="fabrique-search-") as folder:
        own = {"FABRIQUE_DATA": folder}
        command = [sys.executable, "-c", PROGRAM, str(TIMES)]
        done = subprocess.run(
            command, env=os.environ | own, check=True, capture_output=True, text=True
        )
    told = json.loads(done.stdout.splitlines()[-1])
    return [Measure("search_5000_ms", [percentile(told, 0.95)], "ms", MOST)]
