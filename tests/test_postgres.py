"""What the association owns may lie in PostgreSQL: the tests of its tables pass there as well."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from tests.store.postgres import postgres

ROOT = Path(__file__).resolve().parents[1]
# Side by side where tests are: each part has a database of its own.
PARTS = {
    "seats": (
        "actions/seats/test_seats.py",
        "actions/seats/test_machine.py",
        "web/test_register.py",
    ),
    "letters": (
        "actions/seats/test_letters.py",
        "actions/test_outbox.py",
        "actions/test_publish.py",
        "jobs/test_send.py",
        "jobs/test_video.py",
        "web/test_messages.py",
    ),
    "preparing": (
        "actions/test_preparing.py",
        "actions/test_slot_races.py",
        "web/test_preparing.py",
        "web/test_days_programme.py",
    ),
    "people": (
        "actions/test_directory.py",
        "actions/test_intake.py",
        "actions/test_members.py",
        "actions/test_policy.py",
        "actions/test_tidy.py",
        "store/test_house_rules.py",
        "web/test_people.py",
    ),
    "library": (
        "actions/test_library.py",
        "actions/test_minutes.py",
        "actions/test_submission.py",
        "store/test_resource.py",
    ),
}
PATIENCE = 600  # seconds


def environment(address, folder):
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("FABRIQUE_", "PYTEST_", "DJANGO_"))
    }
    own = {"FABRIQUE_DATABASE_URL": address, "FABRIQUE_DATA": str(folder / "data")}
    return inherited | own | {"PYTHONPATH": str(ROOT)}


def run(address, folder, *files):
    """Have pytest run on a database of its own; give what it ended with, and what it said."""
    command = [sys.executable, "-m", "pytest", "-q", "-m", "not long", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*command, *files],
        env=environment(address, folder),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    return done.returncode, done.stdout + done.stderr


def made(address):
    """How many people lie in a database."""
    with psycopg.connect(address) as line:
        return line.execute("SELECT count(*) FROM store_person").fetchone()[0]


@pytest.mark.parametrize("part", PARTS)
def test_the_tests_of_its_tables_pass_on_postgresql(part, tmp_path):
    with postgres() as address:
        files = [str(ROOT / "tests" / one) for one in PARTS[part]]
        code, said = run(address, tmp_path, *files)
        assert code == 0, said
        assert int(re.search(r"(\d+) passed", said)[1]) > len(files)
        assert made(address) > 0  # it was this database that they wrote to


def test_what_fails_there_is_said(tmp_path):
    """Else the test above would prove nothing."""
    broken = tmp_path / "test_broken.py"
    broken.write_text(
        "import os\n"
        "import psycopg\n"
        "def test_the_database():\n"
        "    with psycopg.connect(os.environ['FABRIQUE_DATABASE_URL']) as line:\n"
        "        line.execute('PRAGMA synchronous')\n"
    )
    with postgres() as address:
        code, said = run(address, tmp_path, str(broken))
    assert code == 1
    assert "syntax error" in said


LATE = """
INSERT INTO store_dispatch (key, relay, "to", subject, body, files, headers, about, batch, state,
    due_at, stale_at, created_at, tries, error)
VALUES ('late', 'discord', 'cafe', '', '', '[]', '{}', '', '', 'released',
    now() - interval '2 hours', now() - interval '1 hour', now(), 0, '')
"""
CUT = """
SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
WHERE pid <> pg_backend_pid() AND datname = current_database()
"""


def test_the_worker_goes_on_after_the_database_was_started_anew(tmp_path):
    with postgres() as address, psycopg.connect(address, autocommit=True) as line:
        own = environment(address, tmp_path)
        prepare = "from fabrique.commands._instance import wake; wake()"
        subprocess.run([sys.executable, "-c", prepare], env=own, cwd=ROOT, check=True)
        command = [sys.executable, "-m", "fabrique.jobs.work"]
        with subprocess.Popen(command, env=own, cwd=ROOT, stdin=subprocess.PIPE) as worker:
            until(line, "SELECT count(*) FROM store_shift WHERE holder <> ''")
            assert line.execute(CUT).fetchone()[0] > 0
            line.execute(LATE)
            until(line, "SELECT count(*) FROM store_dispatch WHERE state = 'missed'")
            worker.stdin.close()
            assert worker.wait(PATIENCE) == 0


def until(line, question):
    limit = time.monotonic() + 30
    while not line.execute(question).fetchone()[0]:
        assert time.monotonic() < limit
        line.execute("SELECT pg_sleep(0.1)")
