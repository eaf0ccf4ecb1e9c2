"""`remind`: one mail, once; said plainly where none can be sent."""

import email
import email.policy
import os
import subprocess
import sys

import pytest

from bench.prepared import begin
from tests.commands.test_replay import fabrique

PREPARE = """
import json, sys
from datetime import datetime, timedelta, UTC
from fabrique.commands._instance import wake; wake()
from fabrique.actions import addresses
from fabrique.actions.animate import create_session
from fabrique.domain.entry import Entry
from fabrique.domain.pace import Dated
from fabrique.domain.session import Plan
from fabrique.store.here import here
from fabrique.store.journal import Append
now = datetime.now(UTC)
head = create_session(Plan("Enquête", "enquête", "fr", now))
if "dated" in sys.argv:
    line = Entry(1, now, "", "o", None, "session.dated", 1, Dated(until=now + timedelta(days=2)))
    here().append([Append(head.id, 0, (line,), ())])
for name in sys.argv[2:]:
    addresses.leave(head.id, f"{name}@example.org", remind=True, contact=False)
addresses.leave(head.id, "other@example.org", remind=False, contact=True)
print(head.code)
"""


WORK = """
from fabrique.commands._instance import wake; wake()
from fabrique.jobs.send import Worker
from fabrique.store.models import Dispatch
worker = Worker({})
worker.round()
worker.let_go()
print(*Dispatch.objects.order_by("to").values_list("state", flat=True))
"""
LATER = """
from fabrique.commands._instance import wake; wake()
from django.db.models import F
from fabrique.store.models import Dispatch
Dispatch.objects.update(due_at=F("created_at"))
"""


def prepared(tmp_path, *words):
    begin(tmp_path / "data")
    environment = os.environ | {"FABRIQUE_DATA": str(tmp_path / "data")}
    done = subprocess.run(
        [sys.executable, "-c", PREPARE, *words],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


@pytest.fixture
def mails(tmp_path, monkeypatch):
    folder = tmp_path / "mails"
    monkeypatch.setenv("FABRIQUE_MAIL_URL", folder.as_uri())
    return folder


def sent(folder):
    """The mails in a folder, as any program would read them."""
    files = (path.read_bytes() for path in folder.glob("*"))
    texts = (text for content in files for text in content.split(b"\n" + b"-" * 79 + b"\n"))
    policy = email.policy.default
    return [email.message_from_bytes(text, policy=policy) for text in texts if text.strip()]


def worked(tmp_path, program=WORK):
    """Have the worker of the house do a round, as it does every second where it is served."""
    environment = os.environ | {"FABRIQUE_DATA": str(tmp_path / "data")}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.split()


def test_whoever_asked_is_written_to_once(tmp_path, mails):
    code = prepared(tmp_path, "dated", "ana", "bo")
    done = fabrique("remind", code, "--url", "https://f.example", data=tmp_path / "data")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("2 courriels sont dans la boîte d’envoi")
    assert sent(mails) == []
    assert worked(tmp_path) == ["sent", "sent"]
    found = sent(mails)
    assert sorted(one["To"] for one in found) == ["ana@example.org", "bo@example.org"]
    for one in found:
        body = one.get_body().get_content()
        assert f"https://f.example/s/{code}/" in body
        assert f"/s/{code}/address/" in body
        (event,) = one.iter_attachments()
        assert event.get_content_type() == "text/calendar"
    again = fabrique("remind", code, data=tmp_path / "data")
    assert (again.returncode, again.stdout) == (2, "")
    assert "une fois suffit" in again.stderr
    worked(tmp_path)
    assert len(sent(mails)) == 2


def test_without_mail_it_says_so(tmp_path):
    code = prepared(tmp_path, "dated", "ana")
    done = fabrique("remind", code, data=tmp_path / "data")
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert "FABRIQUE_MAIL_URL" in done.stderr


def test_a_mail_that_cannot_leave_is_tried_again(tmp_path, monkeypatch):
    code = prepared(tmp_path, "dated", "ana")
    monkeypatch.setenv("FABRIQUE_MAIL_URL", "smtp://127.0.0.1:9")  # nobody listens there
    assert fabrique("remind", code, data=tmp_path / "data").returncode == 0
    assert worked(tmp_path) == ["released"]
    monkeypatch.setenv("FABRIQUE_MAIL_URL", (tmp_path / "mails").as_uri())
    assert worked(tmp_path, LATER + WORK) == ["sent"]
    assert [one["To"] for one in sent(tmp_path / "mails")] == ["ana@example.org"]


def test_nobody_to_remind_and_nothing_to_remind_of(tmp_path, mails):
    nobody = fabrique("remind", prepared(tmp_path, "dated"), data=tmp_path / "data")
    assert "Personne n’a demandé" in nobody.stderr
    undated = fabrique("remind", prepared(tmp_path, "no", "ana"), data=tmp_path / "data")
    assert "pas de date" in undated.stderr
    assert sent(mails) == []


def test_an_address_that_is_none_is_said(tmp_path, monkeypatch):
    monkeypatch.setenv("FABRIQUE_MAIL_URL", "mail.example.org")
    done = fabrique("remind", "ABC234", data=tmp_path / "data")
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert "FABRIQUE_MAIL_URL" in done.stderr
