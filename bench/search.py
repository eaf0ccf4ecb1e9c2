"""The library of 5,000 articles: how long it takes to find words, for a reader of one tier.

Asked inside one process, from the words typed to the editions and their snippets, policy included.
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
from fabrique.commands._instance import wake
wake()
from django.db import transaction
from django.utils import timezone
import msgspec
from fabrique.actions.minutes import reading
from fabrique.actions.policy.viewer import Viewer
from fabrique.domain.article import Article, Part, Passage, plain
from fabrique.store import search
from fabrique.store.models import Edition, Minutes

chance, now = random.Random(7), timezone.now()
stems = "scène lumière médiation résidence public sobriété régie atelier".split()
words = stems + [f"mot{n}" for n in range(4000)]
with transaction.atomic():
    for n in range(5_000):
        passages = tuple(
            Passage(" ".join(chance.choices(words, k=14)), "written") for _ in range(12)
        )
        made = Article("Article", "fr", now, now, "Europe/Paris", "", now, 1, (), "0",
                       (Part("Suite", passages),))
        row = Minutes.objects.create(slug=f"a{n}", session=f"S{n}", title=f"Article {n}")
        audience = chance.choice(["guest", "member", "adherent"])
        edition = Edition.objects.create(
            minutes=row, number=1, audience=audience, at=now, content=msgspec.to_builtins(made)
        )
        search.put(edition.pk, audience, row.title, plain(made))
reader, told = Viewer(None, timezone.localdate()), []
for n in range(int(sys.argv[1])):
    typed = f"{chance.choice(stems)} mot{chance.randrange(4000)}" if n % 2 else chance.choice(stems)
    begun = time.perf_counter()
    found = reading.find(reader, typed)
    told.append(1000 * (time.perf_counter() - begun))
    assert all(one.edition.audience == "guest" for one in found)
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
