"""The worker of the house: it sends what is due, and does duties (`jobs/work.py` runs it).

One works at a time in an instance, whoever starts more: it holds the shift by writing it, and every
row is taken by an UPDATE that only one can make. A row is marked `sending` before anything leaves,
so that no attempt is made twice. Whoever takes the shift finds what another left in `sending`: an
answer to what somebody did goes again, under the same Message-ID; what a person released is theirs
to decide again, for a second post cannot be taken back. It ends when the pipe of its parent closes,
after the message under way.
"""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone

from fabrique.actions.messages import UNCERTAIN
from fabrique.jobs.duties import Duty
from fabrique.jobs.post import Outcome, send
from fabrique.store.models import Dispatch, Shift, Silence
from fabrique.store.models.silence import digest

log = logging.getLogger(__name__)

DUTY = "outbox"
LEASE = timedelta(seconds=60)  # longer than any message takes
RENEW = timedelta(seconds=15)
STEPS = (1, 5, 30, 120, 360)  # minutes before each new attempt; after the last it has failed
FEW = 50  # rows between two looks at the clock
Clock = Callable[[], datetime]


class Worker:
    """Does one round after the other; `round` is all there is to test."""

    def __init__(self, duties: dict[str, Duty], clock: Clock = timezone.now) -> None:
        self._duties = duties
        self._clock = clock
        self._me = secrets.token_hex(8)
        self._held_until: datetime | None = None
        self._next: dict[str, datetime] = {}

    def round(self, stop: threading.Event | None = None) -> int:
        """Send what is due and do the duties whose time has come; give how many rows were taken."""
        if not self._hold():
            return 0
        self._do_duties()
        taken = 0
        for pk in due(self._clock()):
            if (stop is not None and stop.is_set()) or not self._hold():
                break
            taken += attempt(pk, self._clock)
        return taken

    def let_go(self) -> None:
        """Leave the shift to whoever comes next, at once."""
        Shift.objects.filter(duty=DUTY, holder=self._me).update(holder="", until=None)
        self._held_until = None

    def _hold(self) -> bool:
        """Hold the shift, or take it where nobody does; say whether it is ours."""
        now = self._clock()
        if self._held_until is not None and now < self._held_until - LEASE + RENEW:
            return True
        mine = self._held_until is not None
        Shift.objects.get_or_create(duty=DUTY)
        free = Q(holder=self._me) | Q(until__isnull=True) | Q(until__lt=now)
        until = now + LEASE
        if not Shift.objects.filter(free, duty=DUTY).update(holder=self._me, until=until):
            self._held_until = None
            return False
        self._held_until = until
        if not mine:
            settle(now)
        return True

    def _do_duties(self) -> None:
        for name, duty in self._duties.items():
            now = self._clock()
            if now < self._next.get(name, now):
                continue
            self._next[name] = now + duty.EVERY
            try:
                duty.run(now)
            except Exception:
                log.exception("the duty %s broke; it is tried again in %s", name, duty.EVERY)


def due(now: datetime) -> list[int]:
    """Give the next rows that may leave; mail only where the house sends mail."""
    rows = Dispatch.objects.filter(state="released", due_at__lte=now)
    if not settings.MAILS:
        rows = rows.exclude(relay="email")
    return list(rows.order_by("due_at", "id").values_list("pk", flat=True)[:FEW])


def settle(now: datetime) -> int:
    """Decide on what a worker that is gone left under way."""
    left = Dispatch.objects.filter(state="sending")
    again = left.filter(relay="email", released_by__isnull=True)
    count = again.update(state="released", due_at=now)
    return count + left.update(state="failed", error=UNCERTAIN)


def attempt(pk: int, clock: Clock) -> int:
    """Take one row and send it; 0 where another took it, or it is not to be sent any more."""
    now = clock()
    mine = Dispatch.objects.filter(pk=pk, state="released")
    if mine.filter(stale_at__lt=now).update(state="missed"):
        return 0
    if not mine.update(state="sending", tries=F("tries") + 1):
        return 0
    row = Dispatch.objects.get(pk=pk)
    if _silent(row):
        Dispatch.objects.filter(pk=pk).update(state="dropped", error="silent")
        return 0
    try:
        outcome = send(row)
    except Exception:
        log.exception("row %s of the outbox broke its sender", pk)
        outcome = Outcome("uncertain", UNCERTAIN)
    Dispatch.objects.filter(pk=pk, state="sending").update(**after(row, outcome, clock()))
    return 1


def after(row: Dispatch, outcome: Outcome, now: datetime) -> dict[str, object]:
    """Say what becomes of a row."""
    match outcome.state:
        case "sent":
            return {"state": "sent", "sent_at": now, "error": ""}
        case "later" if row.tries <= len(STEPS):
            step = timedelta(minutes=STEPS[row.tries - 1])
            wait = step if outcome.wait is None else outcome.wait
            return {"state": "released", "due_at": now + wait, "error": outcome.why[:500]}
        case "uncertain":
            return {"state": "failed", "error": UNCERTAIN}
    return {"state": "failed", "error": outcome.why[:500]}


def _silent(row: Dispatch) -> bool:
    """Whether whoever is written to asked meanwhile to hear no more; answers always go."""
    if "List-Unsubscribe-Post" not in row.headers:
        return False
    about = (row.about, "")
    return Silence.objects.filter(digest=digest(row.to), about__in=about).exists()
