"""Has eight processes run for the same seats, in an instance of its own; says what came of it."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

from bench.prepared import begin

PATIENCE = 900  # seconds
ROOT = Path(__file__).resolve().parents[3]
MAKE = """
import json, sys
from fabrique.commands._instance import wake
wake()
from fabrique.store.models import Gathering, Pool
from django.utils import timezone
from datetime import timedelta
soon = timezone.now() + timedelta(days=20)
pools = []
for n in range(int(sys.argv[1])):
    about = Gathering.objects.create(slug=f"g{n}", title="Course", state="published",
        starts_at=soon, ends_at=soon)
    made = Pool.objects.create(gathering=about, title="Salle", size=int(sys.argv[2]))
    pools.append(made.pk)
print(json.dumps(pools))
"""
COUNT = """
import json, sys
from fabrique.commands._instance import wake
wake()
from fabrique.store.models import Registration
found = {}
for pool in json.loads(sys.argv[1]):
    rows = Registration.objects.filter(pool=pool)
    ranks = list(rows.filter(state="waiting").values_list("rank", flat=True))
    last = rows.filter(state="confirmed").order_by("-rank").values_list("rank", flat=True).first()
    found[pool] = [rows.filter(state="confirmed").count(), len(ranks), len(set(ranks)),
        all(rank > (last or 0) for rank in ranks)]
print(json.dumps(found))
"""


class Arena:
    def __init__(self, folder, database=None):
        own = {"FABRIQUE_DATA": str(folder), "PYTHONPATH": str(ROOT)}
        self.environment = os.environ | own
        self.environment.pop("FABRIQUE_DATABASE_URL", None)
        if database is None:
            begin(Path(folder))
        else:
            self.environment["FABRIQUE_DATABASE_URL"] = database

    def pools(self, races, size):
        return self._ask(MAKE, str(races), str(size))

    def count(self, pools):
        return list(self._ask(COUNT, json.dumps(pools)).values())

    def run(self, pool, processes=8, attempts=12, lock="held", rules=(0.02,)):
        """Let them all go at once; give how often each thing came of it."""
        arguments = (pool, attempts, processes, lock, *rules)
        done = subprocess.run(
            [sys.executable, "-m", "bench.race", *map(str, arguments)],
            env=self.environment,
            cwd=ROOT,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
            timeout=PATIENCE,
        )
        return Counter(done.stdout.split())

    def _ask(self, program, *arguments):
        command = [sys.executable, "-c", program, *arguments]
        done = subprocess.run(
            command, env=self.environment, cwd=ROOT, check=True, capture_output=True, text=True
        )
        return json.loads(done.stdout)
