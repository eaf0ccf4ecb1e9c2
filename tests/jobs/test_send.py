"""What was released leaves, once, in time; what breaks is tried again or said."""

import subprocess
import sys
import threading
from datetime import timedelta

import httpx
import pytest
from django.db import connections
from django.test import override_settings
from django.utils import timezone

from fabrique.actions.outbox import File, Letter, put
from fabrique.jobs import duties, post
from fabrique.jobs.send import LEASE, STEPS, Worker
from fabrique.jobs.watch import Watch
from fabrique.store.models import Dispatch, Shift, Silence
from fabrique.store.models.silence import digest
from tests.jobs.sinks import closed_port, mail_server, webhook
from tests.store.made import person

SMTP = {
    "MAILS": True,
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "EMAIL_HOST": "127.0.0.1",
    "EMAIL_USE_TLS": False,
    "EMAIL_USE_SSL": False,
    "EMAIL_TIMEOUT": 2,
    "MAIL_FROM": "fabrique@example.org",
}


class Clock:
    def __init__(self):
        self.now = timezone.now()

    def __call__(self):
        return self.now

    def passes(self, **time):
        self.now += timedelta(**time)


@pytest.fixture(autouse=True)
def _empty_house():
    Dispatch.objects.all().delete()
    Shift.objects.all().delete()
    Silence.objects.all().delete()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def worker(clock):
    return Worker({}, clock)


@pytest.fixture
def mails():
    with mail_server() as found, override_settings(**SMTP, EMAIL_PORT=found.port):
        yield found


@pytest.fixture
def hook():
    with webhook() as found, override_settings(DISCORD={"cafe": found.address}):
        yield found


def letter(clock, key="k", *, released=True, **given):
    told = {"relay": "email", "to": "zoe@example.org", "subject": "Bonjour", "body": "Mots.\n"}
    stale_at = given.pop("stale_at", None)
    return put(Letter(**(told | given)), key, clock(), released=released, stale_at=stale_at)


def posted(clock, **given):
    return letter(clock, relay="discord", to="cafe", headers={"url": "https://x.example/"}, **given)


def state(row):
    row.refresh_from_db()
    return row.state, row.error


def test_what_is_released_leaves_once(worker, clock, mails):
    calendar = File("a.ics", "text/calendar; charset=utf-8; method=CANCEL", "BEGIN:VCALENDAR\r\n")
    row = letter(clock, files=(calendar,))
    draft = letter(clock, key="draft", released=False)
    assert worker.round() == 1
    assert worker.round() == 0
    assert (state(row), state(draft)) == (("sent", ""), ("draft", ""))
    ((to, mail),) = mails.mails
    text, event = mail.iter_parts()
    assert (to, mail["Subject"], text.get_content_type()) == (
        ["zoe@example.org"],
        "Bonjour",
        "text/plain",
    )
    assert event.get_content_type() == "text/calendar"
    assert event.get_param("method") == "CANCEL"
    assert mail["Message-ID"] == post.message_id(row)


def test_one_hears_no_more_by_header_and_by_text(worker, clock, mails):
    headers = {
        "List-Unsubscribe": "<https://x.example/stop>",
        "List-Unsubscribe-Post": "a=b\r\nX: y",
    }
    letter(clock, headers={**headers, "Bcc": "spy@x.example", "lang": "en"})
    worker.round()
    ((to, mail),) = mails.mails
    assert to == ["zoe@example.org"]
    assert mail["List-Unsubscribe"] == "<https://x.example/stop>"
    assert (mail["Bcc"], mail["X"]) == (None, None)
    assert "https://x.example/stop" in mail.get_content()


@pytest.mark.usefixtures("mails")
def test_who_asked_meanwhile_to_hear_no_more_is_left_alone(worker, clock):
    told = {"headers": {"List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}}
    row = letter(clock, about="gathering:1", **told)
    other = letter(clock, key="o", about="gathering:2", **told)
    answer = letter(clock, key="a", about="gathering:1")
    Silence.objects.create(digest=digest("zoe@example.org"), about="gathering:1")
    worker.round()
    assert [state(one)[0] for one in (row, other, answer)] == ["dropped", "sent", "sent"]


def test_where_no_mail_is_sent_it_waits(worker, clock):
    with override_settings(MAILS=False):
        row = letter(clock)
        assert worker.round() == 0
    assert state(row) == ("released", "")


def test_what_comes_too_late_is_missed(worker, clock, mails):
    row = letter(clock, stale_at=clock() - timedelta(seconds=1))
    waiting = letter(clock, key="d", released=False, stale_at=clock() - timedelta(seconds=1))
    assert worker.round() == 0
    duties.found()["missed"].run(clock())
    assert (state(row)[0], state(waiting)[0], mails.mails) == ("missed", "missed", [])


def test_a_mail_server_that_says_later_is_asked_again_and_one_that_says_no_is_not(
    worker, clock, mails
):
    mails.refuse = {"full@example.org": "452 full", "no@example.org": "550 nobody"}
    full, no = letter(clock, key="f", to="full@example.org"), letter(clock, to="no@example.org")
    worker.round()
    assert state(full) == ("released", "smtp 452 full")
    assert state(no) == ("failed", "smtp 550 nobody")
    mails.refuse = {}
    assert worker.round() == 0
    clock.passes(minutes=2)
    assert worker.round() == 1
    assert state(full) == ("sent", "")


def test_a_server_that_is_down_is_tried_so_often_and_then_given_up(worker, clock):
    with override_settings(**SMTP, EMAIL_PORT=closed_port()):
        row = letter(clock)
        for _ in STEPS:
            assert worker.round() == 1
            assert state(row) == ("released", "unreachable ConnectionRefusedError")
            clock.passes(hours=7)
        worker.round()
    assert state(row)[0] == "failed"


@pytest.mark.parametrize("subject", ["Bonjour\nBcc: spy@x.example", "a\rb", "x" * 400])
def test_a_subject_is_one_line(worker, clock, mails, subject):
    letter(clock, subject=subject)
    worker.round()
    ((to, mail),) = mails.mails
    assert (to, mail["Bcc"]) == (["zoe@example.org"], None)


def test_an_address_that_none_is_fails_alone(worker, clock, mails):
    bad = letter(clock, to="a@b.c\nRCPT TO:<spy@x.example>")
    good = letter(clock, key="g")
    worker.round()
    assert (state(bad)[0], state(good)[0], len(mails.mails)) == ("failed", "sent", 1)


def test_a_webhook_calls_nobody(worker, clock, hook):
    row = posted(clock, subject="@everyone", body="x" * 9000)
    worker.round()
    ((sent),) = hook.posts
    assert state(row) == ("sent", "")
    assert sent["allowed_mentions"] == {"parse": []}
    assert len(sent["embeds"][0]["description"]) == 4096


@pytest.mark.parametrize(
    ("headers", "body", "wait"),
    [
        ({"Retry-After": "30"}, b"", 30),
        ({}, b'{"retry_after": 1.5}', 1.5),
        ({"Retry-After": "soon"}, b"", 60),
        ({}, b"[]", 60),
        ({"Retry-After": "1e300"}, b"", 60),
        ({"Retry-After": "99999999"}, b"", 6 * 3600),
    ],
)
def test_who_says_too_many_is_asked_again_when_they_say(worker, clock, hook, headers, body, wait):
    hook.answers = [(429, headers, body, 0)]
    row = posted(clock)
    worker.round()
    assert state(row) == ("released", "hook 429")
    assert row.due_at == clock() + timedelta(seconds=wait)
    assert worker.round() == 0
    clock.passes(seconds=wait)
    worker.round()
    assert (state(row), len(hook.posts)) == (("sent", ""), 2)


def test_a_webhook_that_breaks_is_tried_again_and_one_that_refuses_is_not(worker, clock, hook):
    hook.answers = [(500, {}, b"", 0), (404, {}, b"", 0), (302, {"Location": "http://x/"}, b"", 0)]
    broken, gone, led = (posted(clock, key=key) for key in "abc")
    worker.round()
    assert [state(one) for one in (broken, gone, led)] == [
        ("released", "hook 500"),
        ("failed", "hook 404"),
        ("failed", "hook 302"),
    ]


def test_a_webhook_that_does_not_answer_may_have_posted(worker, clock, hook, monkeypatch):
    monkeypatch.setattr(post, "PATIENCE", httpx.Timeout(0.2))
    hook.answers = [(204, {}, b"", 1)]
    row = posted(clock)
    worker.round()
    assert (state(row), len(hook.posts)) == (("failed", "uncertain"), 1)
    clock.passes(days=1)
    assert worker.round() == 0


def test_a_webhook_that_is_away_is_tried_again_and_one_that_is_not_set_is_said(worker, clock):
    with override_settings(DISCORD={"cafe": f"http://127.0.0.1:{closed_port()}/"}):
        row, unset = posted(clock), letter(clock, key="u", relay="discord", to="autre")
        worker.round()
    assert state(row) == ("released", "unreachable ConnectError")
    assert state(unset) == ("failed", "unset autre")


@pytest.mark.usefixtures("mails")
def test_one_works_at_a_time_and_another_takes_over(worker, clock):
    other = Worker({}, clock)
    assert worker.round() == 0
    row = letter(clock)
    assert other.round() == 0
    assert worker.round() == 1
    letter(clock, key="next")
    clock.passes(seconds=LEASE.total_seconds() + 1)
    assert other.round() == 1
    letter(clock, key="last")
    assert worker.round() == 0
    other.let_go()
    assert worker.round() == 1
    assert state(row)[0] == "sent"


def test_two_who_take_the_same_row_send_it_once(clock, mails):
    """Without the shift: each row is taken by one UPDATE."""
    rows = [letter(clock, key=f"r{n}") for n in range(12)]
    workers = [Worker({}, clock) for _ in range(4)]
    for one in workers:
        one._hold = lambda: True

    def rounds(one):
        one.round()
        connections.close_all()

    threads = [threading.Thread(target=rounds, args=[one]) for one in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(mails.mails) == len(rows)
    assert {state(row)[0] for row in rows} == {"sent"}


def test_what_a_crash_left_under_way_is_settled(clock, mails):
    answer, many = letter(clock), letter(clock, key="m", released=person())
    hooked = posted(clock, key="h")
    Dispatch.objects.update(state="sending", tries=1)
    Worker({}, clock).round()
    assert state(answer) == ("sent", "")
    assert (state(many), state(hooked)) == (("failed", "uncertain"), ("failed", "uncertain"))
    assert [to for to, _ in mails.mails] == [["zoe@example.org"]]


def test_duties_are_found_done_and_rest_and_one_that_breaks_stops_nothing(clock, caplog):
    class Counting:
        EVERY = timedelta(minutes=5)

        def __init__(self, *, fails=False):
            self.runs, self.fails = [], fails

        def run(self, now):
            self.runs.append(now)
            if self.fails:
                raise RuntimeError
            return 1

    bad, good = Counting(fails=True), Counting()
    worker = Worker({"bad": bad, "good": good}, clock)
    for _ in range(3):
        worker.round()
    assert len(bad.runs) == len(good.runs) == 1
    clock.passes(minutes=5)
    worker.round()
    assert len(bad.runs) == len(good.runs) == 2
    assert "bad" in caplog.text
    assert "missed" in duties.found()
    for duty in duties.found().values():
        assert timedelta(seconds=30) <= duty.EVERY
        assert duty.run(clock()) >= 0


def test_the_worker_ends_when_its_parent_does():
    command = [sys.executable, "-m", "fabrique.jobs.work"]
    child = subprocess.Popen(command, stdin=subprocess.PIPE)
    child.stdin.close()
    assert child.wait(20) == 0


def test_a_worker_that_ends_is_started_again(tmp_path):
    told = tmp_path / "told"
    line = (
        f"import sys; told = {str(told)!r}; open(told, 'a').write('x');"
        "len(open(told).read()) < 2 or sys.stdin.read()"
    )
    with Watch({}, ("-c", line)) as watch:
        for _ in range(100):
            if told.exists() and told.read_text() == "xx":
                break
            watch._stop.wait(0.1)
        assert told.read_text() == "xx"
    assert watch.process.returncode is not None
